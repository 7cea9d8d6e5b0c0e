/** Earlier and later rides for one ride of a route, on the real sample network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, formatDate, instantOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { comfortOf } from './comfort/comfort.ts';
import { type Leg, type Route, routeSchema, searchRequestSchema, type SearchRequest } from './contract.ts';
import { createPlanner, replanRide, type Replanned, searchJourneys } from './index.ts';

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
const now = instantOf(today, 570, 'Asia/Kolkata') * 60_000;
const asked: SearchRequest[] = [];
const search = (request: SearchRequest) => {
  asked.push(request);
  return searchJourneys(planner, request, { searchId: 'test' as SearchId, now });
};
const placeId = (stopId: string): string | null => {
  const stop = image.findStop(stopId);
  return (stop !== undefined && planner.places.placeOfStop(stop)?.place.id) || null;
};
const routesFor = async (question: object): Promise<Route[]> =>
  (
    await search(
      searchRequestSchema.parse({ date: formatDate(asEpochDay(today + 10)), passengers: 2, ...question }),
    )
  ).routes;

interface Case {
  readonly route: Route;
  readonly legIndex: number;
  readonly direction: 'earlier' | 'later';
  readonly options: readonly Replanned[];
}

async function replanAll(routes: readonly Route[]): Promise<Case[]> {
  const cases: Case[] = [];
  for (const route of routes)
    for (const [legIndex, leg] of route.legs.entries())
      for (const direction of ['earlier', 'later'] as const)
        if (leg.run) {
          const { legs, asked: told } = route;
          const party = { passengers: 2, preference: 'BALANCED', asked: told } as const;
          const question = { legs, legIndex, direction, ...party, now };
          const options = await replanRide(question, { search, placeId });
          cases.push({ route, legIndex, direction, options });
        }
  return cases;
}

const minutes = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;
const rideKey = ({ run, departure, arrival }: Leg): string => JSON.stringify([run, departure, arrival]);

/** What makes a route one that can be travelled, said without the code that made it. */
function faultOf({ legs }: Route): string | null {
  for (const [index, leg] of legs.entries()) {
    if (minutes(leg.departure, leg.arrival) !== leg.durationMinutes) return `leg ${index} takes another time`;
    const before = legs[index - 1];
    if (!before) continue;
    const wait = minutes(before.arrival, leg.departure);
    const least = (leg.stayMinutes ?? 0) + (leg.run === null ? 0 : leg.bufferMinutes);
    if (wait < least) return `leg ${index} leaves ${wait} min after the one before; ${least} are needed`;
    if (before.to.name !== leg.from.name) return `leg ${index} begins elsewhere`;
  }
  return null;
}

const corridors = [
  { origin: 'Shimla', destination: 'Rishikesh' },
  { origin: 'Noida', destination: 'Bangalore', stops: [{ place: 'Jaipur', dwellMinutes: 240 }] },
  { origin: 'Guwahati', destination: 'Kochi' },
  { origin: 'Delhi', destination: 'Mumbai' },
];

test('every option leaves at the side that was asked for, and the rest of the trip is what it was and holds', async () => {
  let offered = 0;
  for (const corridor of corridors)
    for (const { route, legIndex, direction, options } of await replanAll(
      (await routesFor(corridor)).slice(0, 4),
    )) {
      const old = route.legs[legIndex]!;
      for (const { route: made, legIndexes, movedLegs, priceDifference } of options) {
        offered++;
        assert.equal(faultOf(made), null, JSON.stringify(made.legs));
        const part = legIndexes.map((index) => made.legs[index]!);
        const later = minutes(old.departure, part.find(({ run }) => run)!.departure);
        assert.ok(direction === 'later' ? later > 0 : later < 0);
        assert.ok(Date.parse(made.departure) >= now);
        // The other rides, one by one, at their times.
        const others = (legs: readonly Leg[], without: readonly number[]): string[] =>
          legs.filter(({ run }, index) => run && !without.includes(index)).map(rideKey);
        assert.deepEqual(others(made.legs, legIndexes), others(route.legs, [legIndex]));
        const offset = part.length - 1;
        for (const [index, leg] of route.legs.entries()) {
          if (index === legIndex) continue;
          const same = made.legs[index < legIndex ? index : index + offset]!;
          assert.equal(same.departure !== leg.departure, movedLegs.includes(index));
          assert.deepEqual(
            { ...same, index, departure: '', arrival: '' },
            { ...leg, departure: '', arrival: '' },
          );
        }
        const stays = (legs: readonly Leg[]) => legs.map(({ stayMinutes }) => stayMinutes).filter(Boolean);
        assert.deepEqual(stays(made.legs), stays(route.legs));
        const paid = (legs: readonly Leg[]) =>
          legs.reduce((all, { price }) => all + (price?.likelyMinor ?? 0), 0);
        assert.equal(priceDifference?.likelyMinor, paid(part) - paid([old]));
        assert.equal(made.price?.likelyMinor, paid(made.legs));
        assert.deepEqual(routeSchema.parse(made).legs.length, made.legs.length);
      }
    }
  assert.ok(offered > 100, `only ${offered} options were looked at`);
});

test('the nearest departure first, by the same mode, in the same class, for the same party', async () => {
  const [route] = await routesFor({ origin: 'Delhi', destination: 'Mumbai', modes: ['flight'] });
  const legIndex = route!.legs.findIndex(({ run }) => run);
  const { departure, mode, price } = route!.legs[legIndex]!;
  asked.length = 0;
  const later = (await replanAll([route!])).find(({ direction }) => direction === 'later');
  assert.equal(asked.length, 2);
  for (const { modes, class: classes, passengers } of asked)
    assert.deepEqual([modes, classes, passengers], [[mode], [price!.classCode], 2]);
  const away = later!.options.map(({ route: made, legIndexes }) =>
    minutes(departure, made.legs[legIndexes[0]!]!.departure),
  );
  assert.ok(away.length > 1);
  assert.deepEqual(
    away,
    away.toSorted((a, b) => a - b),
  );
});

test('for the children, the quota, the classes and the traveller that the route was searched with', async () => {
  const told = {
    children: [7],
    quota: 'TATKAL' as const,
    class: ['3A', 'SL'],
    traveller: { profession: 'STUDENT' as const, age: 20, profile: 'senior' as const },
  };
  const routes = await routesFor({ origin: 'Delhi', destination: 'Mumbai', modes: ['train'], ...told });
  assert.ok(routes.length > 0);
  for (const route of routes) assert.deepEqual(route.asked, told);
  const [alone] = await routesFor({ origin: 'Delhi', destination: 'Mumbai', modes: ['train'] });
  assert.equal(alone!.asked, undefined);
  const [route] = routes;
  const { classCode } = route!.legs.find(({ run }) => run)!.price!;
  asked.length = 0;
  const cases = await replanAll([route!]);
  for (const { children, quota, class: classes, traveller } of asked)
    assert.deepEqual(
      { children, quota, class: classes, traveller },
      { ...told, class: [...new Set([classCode, ...told.class])] },
    );
  const [option] = cases.flatMap(({ options }) => options);
  assert.ok(option);
  const { saving, effectivePrice, price, comfort, legs } = option.route;
  assert.deepEqual(option.route.asked, told);
  assert.ok(legs.some(({ concession }) => concession));
  assert.equal(effectivePrice!.likelyMinor, price!.likelyMinor - saving!.likelyMinor);
  assert.deepEqual(comfort, comfortOf(legs, 'senior'));
});

test('a stay is kept whole: rides that would cut it are not offered, those that leave it are', async () => {
  // In a city one goes to its middle and back; at a station the ride itself ends the stay.
  const atStation = { origin: 'Kolkata', destination: 'Delhi', stops: [{ place: 'CNB', dwellMinutes: 60 }] };
  const stayed = [await routesFor({ ...corridors[1] }), await routesFor(atStation)].flatMap((routes) =>
    routes.slice(0, 8),
  );
  assert.ok(stayed.some(({ legs }) => legs.some(({ run, stayMinutes }) => run && stayMinutes)));
  const cases = await replanAll(stayed);
  for (const stays of [240, 300, 360]) {
    let [kept, cut] = [0, 0];
    for (const { route, legIndex, direction, options } of cases) {
      // The same route with a longer stay asked for: what does not fit it any more must go.
      const legs = route.legs.map((leg) => (leg.stayMinutes ? { ...leg, stayMinutes: stays } : leg));
      if (faultOf({ ...route, legs })) continue;
      const party = { passengers: 2, preference: 'BALANCED' } as const;
      const question = { legs, legIndex, direction, ...party, now };
      const left = await replanRide(question, { search, placeId });
      for (const option of left) assert.equal(faultOf(option.route), null);
      kept += left.length;
      cut += options.length - left.length;
    }
    assert.ok(kept > 0, `nothing is left with a stay of ${stays} min`);
    // Four hours are what was asked for in Jaipur: only longer stays cut something for certain.
    if (stays > 240) assert.ok(cut > 0, `no option is cut with a stay of ${stays} min`);
  }
});

test('nothing leaves before now, and the part before a trip that goes on stays', async () => {
  const [route] = await routesFor({ origin: 'Shimla', destination: 'Rishikesh' });
  const legIndex = route!.legs.findIndex(({ run }) => run);
  const { legs } = route!;
  const party = { passengers: 1, preference: 'BALANCED' } as const;
  const question = { legs, legIndex, direction: 'earlier', ...party } as const;
  const all = await replanRide({ ...question, now }, { search, placeId });
  assert.ok(all.length > 0);
  const late = Date.parse(route!.departure);
  assert.deepEqual(await replanRide({ ...question, now: late }, { search, placeId }), []);
});
