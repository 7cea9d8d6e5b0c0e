import fc from 'fast-check';
import type { Query } from '../../src/engine/routing/query.ts';
import { asStop } from '../../src/engine/timetable/indexes.ts';
import { linkKinds } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { allModes, modeCount } from '../../src/engine/timetable/modes.ts';
import { asEpochDay, parseDate, serviceDayStart } from '../../src/units/time.ts';

/**
 * Small random timetables: runs that overtake, visit a stop twice, last up to a week, take no time at all,
 * share their stops and mix service days, modes and zones. Minutes are multiples of five, so that ties abound.
 */
export interface World {
  readonly input: TimetableInput;
  readonly query: Query;
}

/** `PROPERTY_TIMES=20 PROPERTY_SEED=7 npm test` searches longer, elsewhere. */
export const runs = (numRuns: number): fc.Parameters<unknown> => ({
  seed: Number(process.env['PROPERTY_SEED'] ?? 20260105),
  numRuns: numRuns * Number(process.env['PROPERTY_TIMES'] ?? 1),
});

const DAYS = 7;
/** Thursday; Berlin's clocks go forward on day 3. */
const FIRST_DAY = parseDate('2026-03-26')!;
const routeTypes = [2, 3, 1100, 1];

const minutes = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: most / 5 }).map((n) => 5 * n);
const hop = fc.oneof({ weight: 6, arbitrary: minutes(90) }, { weight: 1, arbitrary: minutes(2500) });

const stopsOf = (stopCount: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: stopCount - 1 }), { minLength: 2, maxLength: most });

const template = (stopCount: number) =>
  fc.record({
    stops: fc.oneof(
      { weight: 3, arbitrary: stopsOf(stopCount, 3) },
      { weight: 2, arbitrary: stopsOf(stopCount, 6) },
    ),
    flags: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 3), { minLength: 6, maxLength: 6 }),
    runs: fc.array(
      fc.record({
        start: fc.oneof(minutes(1435), minutes(4000)),
        hops: fc.array(hop, { minLength: 6, maxLength: 6 }),
        dwells: fc.array(fc.constantFrom(0, 0, 5, 10), { minLength: 6, maxLength: 6 }),
        service: fc.nat({ max: 3 }),
        line: fc.nat({ max: routeTypes.length - 1 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    /** The second and later runs repeat the first one's hops: then they group into one pattern. */
    alike: fc.boolean(),
  });

export const zoneSets = {
  india: ['Asia/Kolkata'],
  both: ['Asia/Kolkata', 'Europe/Berlin'],
} as const;

export function worldOf(zones: readonly string[], seen: Partial<Query> = {}): fc.Arbitrary<World> {
  return fc.integer({ min: 4, max: 9 }).chain((stopCount) =>
    fc
      .record({
        templates: fc.array(template(stopCount), { minLength: 3, maxLength: 9 }),
        services: fc.array(
          fc.record({
            days: fc.array(fc.constantFrom(true, true, true, false), { minLength: DAYS, maxLength: DAYS }),
            zone: fc.nat({ max: zones.length - 1 }),
          }),
          { minLength: 4, maxLength: 4 },
        ),
        links: fc.array(
          fc.record({
            from: fc.nat({ max: stopCount - 1 }),
            to: fc.nat({ max: stopCount - 1 }),
            minutes: minutes(40),
            kind: fc.constantFrom(...linkKinds),
          }),
          { maxLength: 6 },
        ),
        query: queryOf(stopCount),
      })
      .map((draft) => ({ input: inputOf(stopCount, zones, draft), query: { ...draft.query, ...seen } })),
  );
}

function queryOf(stopCount: number): fc.Arbitrary<Query> {
  const endpoints = fc.array(
    fc.record({ stop: fc.nat({ max: stopCount - 1 }).map(asStop), minutes: minutes(30) }),
    { minLength: 1, maxLength: 2 },
  );
  const perMode = fc.array(fc.constantFrom(0, 0, 5, 20), { minLength: modeCount, maxLength: modeCount });
  return fc.record(
    {
      access: endpoints,
      egress: endpoints,
      time: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 * 1440 }) },
        fc.integer({ min: -500, max: DAYS * 1440 }),
      ),
      maxRides: fc.constantFrom(5, 4, 3, 2, 1, 0),
      changeMinutes: fc.constantFrom(0, 5, 12),
      modes: fc.oneof({ weight: 4, arbitrary: fc.constant(allModes) }, fc.nat({ max: allModes })),
      links: fc.boolean(),
      boardMinutes: perMode,
      alightMinutes: perMode,
      minRides: fc.constantFrom<0 | 1>(0, 1),
    },
    { requiredKeys: ['access', 'egress', 'time', 'maxRides', 'changeMinutes', 'modes', 'links'] },
  );
}

interface WorldDraft {
  readonly templates: readonly {
    readonly stops: readonly number[];
    readonly flags: readonly number[];
    readonly runs: readonly {
      readonly start: number;
      readonly hops: readonly number[];
      readonly dwells: readonly number[];
      readonly service: number;
      readonly line: number;
    }[];
    readonly alike: boolean;
  }[];
  readonly services: readonly { readonly days: readonly boolean[]; readonly zone: number }[];
  readonly links: TimetableInput['links'];
}

function inputOf(stopCount: number, zones: readonly string[], draft: WorldDraft): TimetableInput {
  const runs: TimetableInput['runs'][number][] = [];
  const [stop, arrival, departure, flags, offsets]: number[][] = [[], [], [], [], [0]];
  for (const { stops, flags: rules, runs: drafts, alike } of draft.templates)
    for (const run of drafts) {
      const { hops, dwells, line } = alike ? drafts[0]! : run;
      let at = run.start;
      stops.forEach((call, position) => {
        stop!.push(call);
        flags!.push(rules[position]!);
        arrival!.push((at += position === 0 ? 0 : hops[position]!));
        departure!.push((at += dwells[position]!));
      });
      offsets!.push(stop!.length);
      runs.push({
        id: `run ${runs.length}`,
        line,
        service: run.service,
        number: '',
        headsign: '',
        headway: 0,
      });
    }
  return {
    firstDay: FIRST_DAY,
    dayCount: DAYS,
    zones: zones.map((name) => ({ name, dayStart: dayStarts(name, FIRST_DAY, DAYS) })),
    stops: Array.from({ length: stopCount }, (_, index) => ({
      id: `stop ${index}`,
      name: '',
      code: '',
      lat: 0,
      lng: 0,
      zone: 0,
      parent: -1,
    })),
    lines: routeTypes.map((routeType, index) => ({
      id: `line ${index}`,
      shortName: '',
      longName: '',
      operator: '',
      routeType,
      color: '',
    })),
    services: draft.services.map(({ days, zone }) => ({ zone, days: Uint8Array.from(days, Number) })),
    runs,
    stopTimes: {
      offsets: Uint32Array.from(offsets!),
      stop: Uint32Array.from(stop!),
      arrival: Int32Array.from(arrival!),
      departure: Int32Array.from(departure!),
      distance: new Float32Array(stop!.length),
      flags: Uint8Array.from(flags!),
    },
    links: draft.links,
  };
}

export const dayStarts = (zone: string, firstDay: number, days: number): Int32Array =>
  Int32Array.from(
    { length: days },
    (_, day) => serviceDayStart(asEpochDay(firstDay + day), zone) - firstDay * 1440,
  );
