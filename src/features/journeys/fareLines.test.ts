/** The engine's fares on the real sample network, against the prices that a traveller is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familyFinder, NO_FAMILY } from '../../engine/fares/family.ts';
import { FareScale } from '../../engine/fares/fareScale.ts';
import { asEpochDay, formatDate } from '../../units/time.ts';
import { chosenFare, EngineFares, faresOf } from '../fares/index.ts';
import { compileSample } from '../networks/index.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import type { Preference } from './contract.ts';
import { fareLinesOf } from './fareLines.ts';
import { withPricedLinks } from './roadPrice.ts';
import { readJourneyRules } from './rules.ts';

const rules = readJourneyRules();
const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const { image } = compileSample(today);
const places = new PlaceIndex(readGazetteer(), image);
const lines = fareLinesOf(image, places);
/** A ticket is rounded up to ₹5, and pieces are straight where the table bends a little. */
const ROUNDING_MINOR = 1000;

test('every line of the network is known once, trains by their numbers, metros and buses by their city', () => {
  assert.equal(lines.length, image.lineCount);
  assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
  const of = (mode: string) => lines.filter((line) => line.mode === mode);
  assert.ok(of('train').every(({ number }) => number !== null && /^\d{5}$/.test(number)));
  assert.ok(of('metro').length > 10 && of('metro').every(({ cityId }) => cityId !== null));
  const rajdhani = of('train').find(({ number }) => number === '12951');
  assert.match(rajdhani!.line, /rajdhani/);
});

for (const preference of ['BALANCED', 'CHEAPEST'] satisfies Preference[])
  for (const ahead of [1, 40])
    test(`the engine counts what is shown: ${preference}, ${ahead} days ahead`, () => {
      const bookingDate = formatDate(today);
      const travelDate = formatDate(asEpochDay(today + ahead));
      const fares = new EngineFares(rules.fares, lines).faresFor({ preference, bookingDate, travelDate });
      const scale = new FareScale(fares.families, 1);
      const familyOf = familyFinder(fares);
      const modes = new Set<string>();
      for (const line of lines) {
        const family = familyOf({ id: line.id, routeType: -1 });
        modes.add(line.mode);
        // Far from the 250 km at which second sitting ends: there the engine's price rises over some way.
        for (const km of [12, 180, 900]) {
          const ride = { ...line, from: '', to: '', km, minutes: 600, clock: 11 * 60, travelDate };
          const party = { adults: 1, childAges: [] };
          const shown = faresOf(rules.fares, ride, { bookingDate, party, preference });
          assert.equal(family === NO_FAMILY, shown === null, line.id);
          if (!shown) continue;
          const price = scale.price(family, km * 1000);
          const { likelyMinor } = chosenFare(shown);
          assert.ok(
            Math.abs(price - likelyMinor) <= Math.max(ROUNDING_MINOR, 0.02 * likelyMinor),
            `${line.id}, ${km} km: ${price} in the engine, ${likelyMinor} shown`,
          );
        }
      }
      for (const mode of ['train', 'bus', 'flight', 'metro']) assert.ok(modes.has(mode), mode);
    });

test('links by road cost money, walks nothing, and all else of the network stays', () => {
  const priced = withPricedLinks(image, places, rules, today);
  const kinds = { walk: 0, auto: 0, taxi: 0 };
  for (let link = 0; link < image.views.linkKind.length; link++) {
    const { kind, priceMinor, vehicleCapacity, from, to, minutes } = priced.link(link);
    kinds[kind]++;
    assert.equal(priceMinor > 0, kind !== 'walk', `${kind}: ${priceMinor}`);
    assert.equal(vehicleCapacity, { walk: 0, auto: 3, taxi: 4 }[kind]);
    const own = image.link(link);
    assert.deepEqual([from, to, minutes], [own.from, own.to, own.minutes]);
  }
  assert.ok(kinds.auto > 0 && kinds.taxi > 0);
  assert.equal(priced.buffer, image.buffer);
});
