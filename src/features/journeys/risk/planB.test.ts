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
const planned = searchRequestSchema.parse({
  origin: 'Shimla',
  destination: 'Rishikesh',
  date: formatDate(asEpochDay(today + 10)),
});

test('it is the earliest of a fresh search from the stop, after the missed ride has left', async () => {
  const { routes, destination } = await search(planned);
  let broken = 0;
  for (const route of routes)
    for (const { toLeg } of route.risk!.changes) {
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
          destination: 'Rishikesh',
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
  const { routes, destination } = await search(planned);
  const route = routes.find(({ risk }) => risk!.changes.length > 0)!;
  const { toLeg } = route.risk!.changes[0]!;
  const { route: out } = await planB({ route, toLeg, destination, passengers: 1 }, { search, placeId });
  const again = { ...route, legs: [...route.legs, ...out!.legs.filter(({ run }) => run)] };
  const { extra } = await planB({ route: again, toLeg, destination, passengers: 1 }, { search, placeId });
  const byRoad = out!.legs.filter(({ run }) => run === null);
  assert.equal(
    extra!.likelyMinor,
    byRoad.reduce((sum, { price }) => sum + (price?.likelyMinor ?? 0), 0),
  );
});

test('a leg that no change leads to cannot break', async () => {
  const { routes } = await search(planned);
  const [route] = routes;
  for (const toLeg of [0, 63])
    await assert.rejects(planB({ route: route!, toLeg, passengers: 1 }, { search, placeId }), {
      code: 'UNPROCESSABLE',
    });
});
