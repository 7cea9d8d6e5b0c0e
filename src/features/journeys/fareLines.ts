import type { FareFamily, Fares, FareSlab } from '../../engine/fares/family.ts';
import type { NetworkImage } from '../../engine/timetable/image.ts';
import { modeName } from '../../engine/timetable/modes.ts';
import { asLine } from '../../engine/timetable/indexes.ts';
import { fold, type PlaceIndex } from '../places/index.ts';
import type { Preference } from './contract.ts';
import { fareAt, leadTimeFactor, ruleNames } from './indicativePrice.ts';
import { type FareRule, type JourneyRules, legModeOf } from './rules.ts';

/** What decides which fares hold, beside the ride itself. */
export interface FareQuestion {
  readonly preference: Preference;
  readonly daysAhead: number;
}

interface FareLine {
  readonly id: string;
  /** The rules that may price it whatever the preference, in file order. */
  readonly rules: readonly FareRule[];
}

/** Beyond the longest ride there is. */
const LONGEST_KM = 6000;
/** A fare that leaps from one band to the next is written as a slope over so many kilometres. */
const LEAP_KM = 0.001;
const ROUND_MINOR = 100;

/**
 * The indicative prices of every line as fares of the engine, so that the search can count money: for each line the
 * middle of the range, as straight pieces over the distance. What a traveller is shown is priced again from the
 * rules themselves. Lines that no rule prices have no fare.
 */
export class FareLines {
  readonly #rules: JourneyRules;
  readonly #lines: readonly FareLine[];

  constructor(image: NetworkImage, places: PlaceIndex, rules: JourneyRules) {
    this.#rules = rules;
    const seen = new Set<number>();
    const lines: FareLine[] = [];
    for (let run = 0; run < image.runCount; run++) {
      const number = image.views.runLine[run]!;
      if (seen.has(number)) continue;
      seen.add(number);
      const line = image.line(asLine(number));
      const first = image.views.callStop[image.views.patternCalls[image.views.runPattern[run]!]!]!;
      const facts = {
        mode: legModeOf(modeName(line.mode)),
        line: fold(`${line.shortName} ${line.longName} ${line.operator} ${image.run(run).id}`),
        cityId: places.placeOfStop(first)?.cityId ?? null,
      };
      lines.push({ id: line.id, rules: rules.fares.filter((rule) => ruleNames(rule, facts)) });
    }
    this.#lines = lines;
  }

  /** Two questions with the same key have the same fares. */
  keyOf({ preference, daysAhead }: FareQuestion): string {
    const thrifty = this.#rules.fares.some((rule) => rule.preference === preference);
    return `${thrifty ? preference : ''} ${leadTimeFactor(this.#rules, daysAhead)}`;
  }

  faresFor(question: FareQuestion): Fares {
    const families = new Map<string, { rules: FareRule[]; ids: string[] }>();
    for (const line of this.#lines) {
      const rules = line.rules.filter(
        ({ preference }) => preference === '' || preference === question.preference,
      );
      const last = rules.findIndex(({ max_km }) => max_km >= LONGEST_KM);
      if (last < 0) continue;
      const own = rules.slice(0, last + 1);
      const key = own.map(({ id }) => id).join(' ');
      const family = families.get(key);
      if (family) family.ids.push(line.id);
      else families.set(key, { rules: own, ids: [line.id] });
    }
    const factor = leadTimeFactor(this.#rules, question.daysAhead);
    return {
      currency: 'INR',
      families: [...families].map(([id, { rules, ids }]) => familyOf(id, rules, ids, factor)),
    };
  }
}

function familyOf(id: string, rules: readonly FareRule[], routeIds: string[], factor: number): FareFamily {
  const price = (km: number): number => {
    const rule = rules.find(({ max_km }) => km <= max_km)!;
    const one = fareAt(rule, km, rule.mode === 'flight' ? factor : 1);
    return one * (1 + (rule.low_percent + rule.high_percent) / 200);
  };
  const corners = [0, ...cornersOf(rules)];
  const slabs: FareSlab[] = corners.slice(1).map((km, index) => {
    const from = corners[index]!;
    return { upToKm: km, minorPerKm: Math.max(0, (price(km) - price(from)) / (km - from)) };
  });
  return {
    id,
    routeTypes: [],
    routeIds,
    baseMinor: Math.round(price(0)),
    perBoardingMinor: 0,
    steps: [],
    transfer: null,
    slabs,
    minimumMinor: 0,
    roundUpToMinor: ROUND_MINOR,
    vehicleCapacity: null,
  };
}

/** Kilometres at which the price may bend or leap, in rising order. */
function cornersOf(rules: readonly FareRule[]): number[] {
  const bends = rules.flatMap((rule) => [
    rule.minimum_km,
    rule.included_km,
    ...rule.points.map(([km]) => km),
  ]);
  const leaps = rules.flatMap((rule) => [rule.max_km, ...rule.steps.map(([km]) => km)]);
  const all = [...bends, ...leaps.flatMap((km) => [km, km + LEAP_KM]), LONGEST_KM];
  return [...new Set(all)].filter((km) => km > 0 && km <= LONGEST_KM).toSorted((a, b) => a - b);
}
