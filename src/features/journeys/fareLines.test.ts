/** The engine's fares on the real sample network, against the prices that a traveller is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familyFinder, NO_FAMILY } from '../../engine/fares/family.ts';
import { FareScale } from '../../engine/fares/fareScale.ts';
import { asLine } from '../../engine/timetable/indexes.ts';
import { modeName } from '../../engine/timetable/modes.ts';
import { asEpochDay } from '../../units/time.ts';
import { compileSample } from '../networks/index.ts';
import { fold, PlaceIndex, readGazetteer } from '../places/index.ts';
import type { Preference } from './contract.ts';
import { FareLines } from './fareLines.ts';
import { indicativePrice, middle } from './indicativePrice.ts';
import { withPricedLinks } from './roadPrice.ts';
import { legModeOf, readJourneyRules } from './rules.ts';

const rules = readJourneyRules();
const { image } = compileSample(asEpochDay(Math.floor(Date.now() / 86_400_000)));
const places = new PlaceIndex(readGazetteer(), image);
const lines = new FareLines(image, places, rules);
/** What the range of an indicative price is rounded to at most, and the engine's rupee. */
const ROUNDING_MINOR = 5000 + 100;

const questions: { preference: Preference; daysAhead: number }[] = [
  { preference: 'BALANCED', daysAhead: 40 },
  { preference: 'BALANCED', daysAhead: 1 },
  { preference: 'CHEAPEST', daysAhead: 10 },
];

for (const question of questions)
  test(`every line costs what is shown for it: ${JSON.stringify(question)}`, () => {
    const fares = lines.faresFor(question);
    const scale = new FareScale(fares.families, 1);
    const familyOf = familyFinder(fares);
    const modes = new Set<string>();
    for (let run = 0; run < image.runCount; run += 7) {
      const line = image.line(asLine(image.views.runLine[run]!));
      const mode = legModeOf(modeName(line.mode));
      const stop = image.views.callStop[image.views.patternCalls[image.views.runPattern[run]!]!]!;
      const family = familyOf(line);
      modes.add(mode);
      for (const km of [1.4, 7, 63, 180, 249, 251, 900, 2400]) {
        const ride = {
          mode,
          line: fold(`${line.shortName} ${line.longName} ${line.operator} ${image.run(run).id}`),
          cityId: places.placeOfStop(stop)?.cityId ?? null,
          km,
          minutes: 600,
          clock: 600,
          daysAhead: question.daysAhead,
        };
        const shown = indicativePrice(rules, ride, { passengers: 1, preference: question.preference });
        assert.equal(family === NO_FAMILY, shown === null);
        if (!shown) continue;
        const price = scale.price(family, Math.round(km * 1000));
        assert.ok(
          Math.abs(price - middle(shown)) <= ROUNDING_MINOR,
          `${line.id}, ${km} km: ${price} in the engine, ${middle(shown)} shown`,
        );
      }
    }
    for (const mode of ['train', 'bus', 'flight', 'metro']) assert.ok(modes.has(mode), mode);
  });

test('questions share fares exactly when no rule tells them apart', () => {
  const key = (preference: Preference, daysAhead: number): string => lines.keyOf({ preference, daysAhead });
  assert.equal(key('BALANCED', 40), key('FASTEST', 31));
  assert.notEqual(key('BALANCED', 40), key('CHEAPEST', 40));
  assert.notEqual(key('BALANCED', 40), key('BALANCED', 2));
});

test('links by road cost money, walks nothing, and all else of the network stays', () => {
  const priced = withPricedLinks(image, places, rules);
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
