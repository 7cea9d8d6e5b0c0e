/** Chains over places to visit on the real sample network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allModes } from '../../engine/timetable/modes.ts';
import { asEpochDay, formatDate, instantOf } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer, resolvePlace } from '../places/index.ts';
import { searchRequestSchema } from './contract.ts';
import { RidePrices } from './ridePrices.ts';
import { createPlanner } from './index.ts';
import { joinStages, type Stage } from './searchStage.ts';
import { viaChains } from './viaChains.ts';
import { type DraftRoute, finishRoute } from './writeRoute.ts';

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), {
  id: 'n',
  name: 'n',
  sample: false,
  rolled: false,
  validFrom: formatDate(today),
  validTo: formatDate(asEpochDay(today + 364)),
});
const at = instantOf(asEpochDay(today + 10), 0, 'Asia/Kolkata');
const window = { at, span: 1440, arriveBy: false, timed: false };

const request = searchRequestSchema.parse({ origin: 'x', destination: 'y' });
const stage: Stage = {
  planner,
  request,
  prices: new RidePrices(planner.rules, request, today),
  today,
  allowed: planner.modes & allModes,
  mayGoOn: () => true,
};

const ways: { names: string[]; stays: number[] }[] = [
  { names: ['Delhi', 'Jaipur', 'Udaipur'], stays: [240] },
  { names: ['Noida', 'Agra', 'Bhopal', 'Chennai'], stays: [300, 600] },
  { names: ['Mumbai', 'Goa', 'Kochi'], stays: [0] },
];

const ms = (instant: string): number => Date.parse(instant);
const cheapest = (routes: readonly DraftRoute[]): number =>
  Math.min(...routes.map(finishRoute).flatMap(({ price }) => (price ? [price.likelyMinor] : [])));

for (const { names, stays } of ways)
  test(`${names.join(' → ')}: every place is visited in order, for as long as asked`, () => {
    const places = names.map((name) => resolvePlace(planner.places, name, 'origin'));
    const routes = viaChains(stage, places, stays, window);
    assert.ok(routes.length > 0);
    for (const route of routes) {
      assert.equal(route.dwells.size, stays.length);
      assert.ok(route.departure >= at && route.departure < at + window.span);
      [...route.dwells].forEach(([index, asked], visit) => {
        assert.equal(asked, stays[visit]);
        assert.equal(route.legs[index]!.stayMinutes, stays[visit] || undefined);
        const [before, after] = [route.legs[index - 1]!, route.legs[index]!];
        const stayed = (ms(after.departure) - ms(before.arrival)) / 60_000;
        assert.ok(stayed >= stays[visit]!, `${stayed} minutes in ${names[visit + 1]}`);
        const { name, city } = places[visit + 1]!.location;
        assert.ok(
          [before.to.name, before.to.city].includes(city ?? name),
          `${before.to.name} is not ${name}`,
        );
      });
      route.legs.slice(1).forEach((leg, index) => {
        const before = route.legs[index]!;
        assert.ok(ms(leg.departure) >= ms(before.arrival));
        assert.deepEqual([leg.from.lat, leg.from.lng], [before.to.lat, before.to.lng]);
      });
    }
    const greedy = joinStages(stage, places, stays, window).routes;
    assert.ok(cheapest(routes) <= cheapest(greedy), 'place after place finds nothing cheaper');
  });

test('a place without a stop near has no chain', () => {
  const places = ['Delhi', 'Udaipur'].map((name) => resolvePlace(planner.places, name, 'origin'));
  const sea = resolvePlace(planner.places, { id: 's', name: 'Sea', lat: 12, lng: 88 }, 'stops.0.place');
  assert.deepEqual(viaChains(stage, [places[0]!, sea, places[1]!], [60], window), []);
});
