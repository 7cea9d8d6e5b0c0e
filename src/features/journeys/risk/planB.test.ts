/** A way out of a broken change, on the real sample network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchId } from '../../../units/ids.ts';
import { asEpochDay, formatDate, instantOf } from '../../../units/time.ts';
import { compileSample } from '../../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../../places/index.ts';
import {
  planBResponseSchema,
  type SearchRequest,
  searchRequestSchema,
  type SearchResponse,
} from '../contract.ts';
import { createPlanner, planB, searchJourneys } from '../index.ts';

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
  id: 'sample',
  name: 'sample',
  sample: true,
  rolled: false,
  validFrom: formatDate(today),
  validTo: formatDate(asEpochDay(today + 364)),
});
const asked: SearchRequest[] = [];
const search = (request: SearchRequest): Promise<SearchResponse> => {
  asked.push(request);
  const now = instantOf(today, 570, 'Asia/Kolkata') * 60_000;
  return searchJourneys(planner, request, { searchId: 'test' as SearchId, now });
};
const placeId = (stopId: string): string | null => {
  const stop = image.findStop(stopId);
  return (stop !== undefined && planner.places.placeOfStop(stop)?.place.id) || null;
};
const plannedBetween = (origin: string, destination: string): SearchRequest =>
  searchRequestSchema.parse({ origin, destination, date: formatDate(asEpochDay(today + 10)) });
const planned = plannedBetween('Shimla', 'Rishikesh');

test('it is the earliest of a fresh search from the stop, after the missed ride has left', async () => {
  const plans = [planned, plannedBetween('Guwahati', 'Kochi')];
  const found = await Promise.all(plans.map(async (plan) => ({ plan, ...(await search(plan)) })));
  let broken = 0;
  for (const { plan, route, destination } of found.flatMap(({ routes, ...rest }) =>
    routes.map((route) => ({ ...rest, route })),
  ))
    for (const { toLeg } of route.risk!.changes.slice(0, 2)) {
      broken++;
      const answer = await planB({ route, toLeg, destination, passengers: 2 }, { search, placeId });
      planBResponseSchema.parse(answer);
      const missed = route.legs[toLeg]!;
      const fresh = asked.at(-1)!;
      assert.equal((fresh.origin as { id: string }).id, placeId(missed.from.stopId!));
      assert.ok(fresh.date! >= missed.departure.slice(0, 10) && fresh.passengers === 2);
      // The judge: the question in a traveller's words.
      const again = await search(
        searchRequestSchema.parse({
          origin: fresh.origin,
          destination: plan.destination,
          date: fresh.date,
          time: fresh.time,
          passengers: 2,
          preference: 'fastest',
        }),
      );
      const earliest = Math.min(...again.routes.map(({ arrival }) => Date.parse(arrival)));
      assert.equal(Date.parse(answer.route!.arrival), earliest);
      assert.ok(Date.parse(answer.route!.departure) > Date.parse(missed.departure) - 60 * 60_000);
      assert.ok(
        answer.route!.legs.every(
          ({ run }) =>
            run === null || run.id !== missed.run!.id || run.serviceDate !== missed.run!.serviceDate,
        ),
      );
      assert.equal(answer.extraMinutes, (earliest - Date.parse(route.arrival)) / 60_000);
      assert.equal(answer.extra!.highMinor, answer.route!.price!.highMinor);
      const chance = answer.change.probability;
      assert.equal(
        answer.expectedLossMinor,
        chance === null ? null : Math.round((1 - chance) * answer.extra!.highMinor),
      );
    }
  assert.ok(broken >= 3, `${broken} changes`);
});

test('rides of the plan that the way out uses again are paid already', async () => {
  let reused = 0;
  for (const { routes, destination } of [
    await search(planned),
    await search(plannedBetween('Guwahati', 'Kochi')),
  ])
    for (const route of routes.filter(({ risk }) => risk!.changes.length > 0).slice(0, 3)) {
      const { toLeg } = route.risk!.changes[0]!;
      const asking = { toLeg, destination, passengers: 1 };
      const { route: out } = await planB({ route, ...asking }, { search, placeId });
      const [rides, byRoad] = [true, false].map((ridden) =>
        out!.legs.filter(({ run }) => (run !== null) === ridden),
      );
      const again = { ...route, legs: [...route.legs, ...rides!] };
      const { extra } = await planB({ route: again, ...asking }, { search, placeId });
      assert.equal(
        extra!.likelyMinor,
        byRoad!.reduce((sum, { price }) => sum + (price?.likelyMinor ?? 0), 0),
      );
      reused += rides!.filter(({ price }) => price && price.likelyMinor > 0).length;
    }
  assert.ok(reused > 0, 'no way out has a ride that costs something');
});

test('a leg that no change leads to cannot break', async () => {
  const { routes } = await search(planned);
  const [route] = routes;
  for (const toLeg of [0, 63])
    await assert.rejects(planB({ route: route!, toLeg, passengers: 1 }, { search, placeId }), {
      code: 'UNPROCESSABLE',
    });
});
