import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ESTIMATED, type TimetableInput } from '../engine/timetable/input.ts';
import { compileTimetable } from '../engine/timetable/compile.ts';
import { AppError } from '../errors.ts';
import { asEpochDay, formatDate, formatLocal, parseDate, serviceDayStart } from '../units/time.ts';
import { type FeedFiles, lines, smallFeed, withFeed } from '../../test/support/gtfsFeed.ts';
import { type BuildOptions, buildTimetable, type BuiltTimetable, type ReadFeed } from './buildTimetable.ts';
import { readFeed } from './readFeed.ts';
import { importWindow, planningWindow } from './window.ts';

const dayOf = (date: string): number => parseDate(date)!;
const MARCH = dayOf('2026-03-02');

const read = (files: FeedFiles, name = 'f'): Promise<ReadFeed> =>
  withFeed(files, (location) => readFeed(location, { name }));

type Built = BuiltTimetable & ReadFeed;

async function build(files: FeedFiles, options: Partial<BuildOptions> = {}): Promise<Built> {
  const feed = await read(files);
  const window = options.window ?? { firstDay: MARCH, dayCount: 10 };
  return { ...feed, ...buildTimetable([feed], { ...options, window }) };
}

/** `T1: A 480/480 B 540/545 C 600/600` */
const runLines = ({ runs, stopTimes, stops }: TimetableInput): string[] =>
  runs.map(({ id }, run) => {
    const calls: string[] = [];
    for (let i = stopTimes.offsets[run]!; i < stopTimes.offsets[run + 1]!; i++)
      calls.push(`${stops[stopTimes.stop[i]!]!.id} ${stopTimes.arrival[i]}/${stopTimes.departure[i]}`);
    return `${id}: ${calls.join(' ')}`;
  });
const kmOf = ({ stopTimes }: TimetableInput, run: number): number[] =>
  Array.from(stopTimes.distance.subarray(stopTimes.offsets[run], stopTimes.offsets[run + 1]), (km) =>
    Math.round(km),
  );
const linkLines = ({ links, stops }: TimetableInput): string[] =>
  links.map(({ from, to, minutes }) => `${stops[from]!.id}>${stops[to]!.id} ${minutes}`).toSorted();
/** Dates on which service `index` runs. */
const activeDates = (input: TimetableInput, index = 0): string[] =>
  [...input.services[index]!.days].flatMap((runs, d) =>
    runs ? [formatDate(asEpochDay(input.firstDay + d))] : [],
  );

/** The small feed with other stop times; trips named in them belong to route R1 and service D. */
function withTimes(columns: string, ...rows: string[]): FeedFiles {
  const trips = new Set(rows.map((row) => row.split(',')[0]!));
  return {
    ...smallFeed,
    'trips.txt': lines('route_id,service_id,trip_id', ...[...trips].map((id) => `R1,D,${id}`)),
    'stop_times.txt': lines(`trip_id,arrival_time,departure_time,stop_id,stop_sequence${columns}`, ...rows),
  };
}

describe('runs and calls', () => {
  test('times stay beyond midnight, in travel order, with kilometres of the map', async () => {
    const { input } = await build(smallFeed);
    assert.deepEqual(runLines(input), [
      'T1: A 480/480 B 540/545 C 600/600',
      'T2: A 1380/1380 B 1450/1452 C 1510/1510',
    ]);
    assert.deepEqual(kmOf(input, 0), [0, 56, 111]);
  });

  test('numbers of trains come from the trip, else from the route', async () => {
    const { input } = await build(smallFeed);
    assert.deepEqual(
      input.runs.map(({ number }) => number),
      ['12001', '12001'],
    );
    const named = lines('route_id,service_id,trip_id,trip_short_name', 'R1,D,T1,SUPERFAST', 'R1,D,T2,12951');
    const other = await build({ ...smallFeed, 'trips.txt': named });
    assert.deepEqual(
      other.input.runs.map(({ number }) => number),
      ['12001', '12951'],
    );
  });

  test('no boarding and no alighting', async () => {
    const { input } = await build(
      withTimes(
        ',pickup_type,drop_off_type',
        'T1,8:00:00,8:00:00,A,1,0,1',
        'T1,9:00:00,9:00:00,B,2,1,1',
        'T1,9:30:00,9:30:00,C,3,1,0',
      ),
    );
    assert.deepEqual([...input.stopTimes.flags], [2, 3, 1]);
  });

  const untimed = withTimes('', 'T1,8:00:00,8:00:00,A,1', 'T1,,,B,2', 'T1,9:00:00,9:00:00,C,3', 'T1,,,A,4');

  test('calls without times are passed by default', async () => {
    const { input, log } = await build(untimed);
    assert.deepEqual(runLines(input), ['T1: A 480/480 C 540/540']);
    assert.equal(log.counts.get('UNTIMED_SKIPPED'), 1);
  });

  test('or estimated by the distance on the map; never beyond the last time', async () => {
    const { input, log } = await build(untimed, { untimed: 'interpolate' });
    assert.deepEqual(runLines(input), ['T1: A 480/480 B 510/510 C 540/540']);
    assert.deepEqual([...input.stopTimes.flags], [0, ESTIMATED, 0]);
    assert.equal(log.counts.get('UNTIMED_INTERPOLATED'), 1);
    assert.match(log.notices.find(({ code }) => code === 'UNTIMED_INTERPOLATED')!.message, /^2 calls/);
  });

  test('or by shape_dist_traveled, where the feed has it', async () => {
    const { input } = await build(
      withTimes(
        ',shape_dist_traveled',
        'T1,8:00:00,8:00:00,A,1,0',
        'T1,,,B,2,30',
        'T1,9:00:00,9:00:00,C,3,120',
      ),
      { untimed: 'interpolate' },
    );
    assert.deepEqual(runLines(input), ['T1: A 480/480 B 495/495 C 540/540']);
  });
});

const unitNotice = (log: ReadFeed['log']): string =>
  log.notices.find(({ code }) => code === 'DISTANCE_UNIT')!.message;

describe('distances', () => {
  const units: [string, number, string][] = [
    ['kilometres', 130, 'kilometres'],
    ['metres', 130_000, 'metres'],
    ['miles', 83, 'miles'],
    ['feet', 430_000, 'feet'],
  ];
  for (const [name, far, said] of units)
    test(`in ${name}`, async () => {
      const { input, log } = await build(
        withTimes(
          ',shape_dist_traveled',
          'T1,8:00:00,8:00:00,A,1,0',
          `T1,9:00:00,9:00:00,B,2,${far / 2}`,
          `T1,10:00:00,10:00:00,C,3,${far}`,
        ),
      );
      assert.ok(Math.abs(kmOf(input, 0)[2]! - 131) < 4, String(kmOf(input, 0)));
      assert.match(unitNotice(log), new RegExp(`read as ${said}`));
    });

  test('that fit no unit give way to the map', async () => {
    const { input, log } = await build(
      withTimes(',shape_dist_traveled', 'T1,8:00:00,8:00:00,A,1,0', 'T1,10:00:00,10:00:00,C,3,9'),
    );
    assert.deepEqual(kmOf(input, 0), [0, 111]);
    assert.match(unitNotice(log), /fit no unit/);
  });

  test('that go back give way to the map, for that trip', async () => {
    const good = ['T1,8:00:00,8:00:00,A,1,0', 'T1,10:00:00,10:00:00,C,2,130'];
    const back = ['T2,8:00:00,8:00:00,A,1,0', 'T2,9:00:00,9:00:00,B,2,70', 'T2,10:00:00,10:00:00,C,3,60'];
    const { input, log } = await build(withTimes(',shape_dist_traveled', ...good, ...back));
    assert.deepEqual(
      [kmOf(input, 0), kmOf(input, 1)],
      [
        [0, 130],
        [0, 56, 111],
      ],
    );
    const notice = log.notices.find(({ code }) => code === 'DISTANCE_BACKWARDS');
    assert.equal(notice!.row, 6);
  });
});

const frequent = (row: string): FeedFiles => ({
  ...smallFeed,
  'frequencies.txt': lines('trip_id,start_time,end_time,headway_secs,exact_times', row),
});

describe('frequencies', () => {
  test('become runs; the pattern itself does not run', async () => {
    const { input } = await build(frequent('T1,06:00:00,06:30:00,600,0'));
    assert.deepEqual(runLines(input).slice(0, 3), [
      'T1@06:00: A 360/360 B 420/425 C 480/480',
      'T1@06:10: A 370/370 B 430/435 C 490/490',
      'T1@06:20: A 380/380 B 440/445 C 500/500',
    ]);
    assert.deepEqual(
      input.runs.map(({ id, headway }) => [id, headway]),
      [
        ['T1@06:00', 10],
        ['T1@06:10', 10],
        ['T1@06:20', 10],
        ['T2', 0],
      ],
    );
  });

  test('with exact times are ordinary runs; headways need not be whole minutes', async () => {
    const { input } = await build(frequent('T1,24:00:00,24:04:00,90,1'));
    assert.deepEqual(
      input.runs.map(({ id, headway }) => [id, headway]),
      [
        ['T1@24:00', 0],
        ['T1@24:01', 0],
        ['T1@24:03', 0],
        ['T2', 0],
      ],
    );
  });

  test('may start at midnight though the pattern arrives before it departs', async () => {
    const files = frequent('T1,00:00:00,00:01:00,600,0');
    const { input } = await build({
      ...files,
      'stop_times.txt': smallFeed['stop_times.txt'].replace('T1,08:00:00,', 'T1,07:50:00,'),
    });
    assert.equal(runLines(input)[0], 'T1@00:00: A 0/0 B 60/65 C 120/120');
    compileTimetable(input);
  });

  test('that cannot be used take the trip with them', async () => {
    const { input } = await build(frequent('T1,06:00:00,06:30:00,0,0'));
    assert.deepEqual(
      input.runs.map(({ id }) => id),
      ['T2'],
    );
  });
});

describe('calendar', () => {
  test('weekdays, exceptions and the edges of the window', async () => {
    const files = {
      ...smallFeed,
      'calendar.txt': smallFeed['calendar.txt'].replace('1,1,1,1,1,1,1', '1,0,0,0,0,0,1'),
      'calendar_dates.txt': lines('service_id,date,exception_type', 'D,20260304,1', 'D,20260308,2'),
    };
    const { input } = await build(files);
    assert.deepEqual(activeDates(input), ['2026-03-02', '2026-03-04', '2026-03-09']);
  });

  test('service days start at noon less twelve hours where clocks change', async () => {
    const files = {
      ...smallFeed,
      'agency.txt': smallFeed['agency.txt'].replace('Asia/Kolkata', 'America/New_York'),
    };
    const firstDay = dayOf('2026-03-07');
    const { input } = await build(files, { window: { firstDay, dayCount: 3 } });
    // Sunday, 8 March 2026: clocks go from 02:00 EST to 03:00 EDT, so the service day starts at 23:00 the day before.
    assert.deepEqual([...input.zones[0]!.dayStart], [300, 1680, 3120]);
    const start = serviceDayStart(asEpochDay(firstDay + 1), 'America/New_York');
    assert.equal(formatLocal(start, 'America/New_York'), '2026-03-07T23:00');
  });

  test('planning covers the whole calendar with the look-back; ten years of a longer one', async () => {
    const { feed } = await read(smallFeed);
    const { firstDay, dayCount } = planningWindow([feed], [MARCH]);
    assert.deepEqual([formatDate(asEpochDay(firstDay)), dayCount], ['2025-12-24', 8 + 365]);
    const endless = {
      ...smallFeed,
      'calendar.txt': smallFeed['calendar.txt'].replace('20261231', '20991231'),
    };
    const long = planningWindow([(await read(endless)).feed], [MARCH + 7000]);
    assert.ok(long.dayCount <= 420 && long.firstDay <= MARCH + 7000 - 8, JSON.stringify(long));
    assert.ok(long.firstDay + long.dayCount > MARCH + 7000 + 300);
  });

  test('an import reaches from the look-back to the end of service, at most 400 days', async () => {
    const { feed } = await read(smallFeed);
    assert.deepEqual(importWindow([feed], MARCH, false), { firstDay: MARCH - 8, dayCount: 8 + 305 });
    const endless = {
      ...smallFeed,
      'calendar.txt': smallFeed['calendar.txt'].replace('20261231', '20991231'),
    };
    const window = importWindow([(await read(endless)).feed], MARCH, false);
    assert.equal(window.dayCount, 400);
    const { log } = await build(endless, { window });
    assert.equal(log.counts.get('CALENDAR_CUT'), 1);
  });
});

describe('rolled calendar', () => {
  /** D runs daily to Saturday 10 January 2026; E on weekdays, but not on the last Friday. */
  const ended: FeedFiles = {
    ...smallFeed,
    'calendar.txt': lines(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      'D,1,1,1,1,1,1,1,20251215,20260110',
      'E,1,1,1,1,1,0,0,20251215,20260110',
    ),
    'calendar_dates.txt': lines('service_id,date,exception_type', 'E,20260109,2', 'E,20251225,2'),
    'trips.txt': lines('route_id,service_id,trip_id', 'R1,D,T1', 'R1,E,T2'),
  };
  const today = dayOf('2026-03-04');

  test('repeats the busiest week from the end of the feed for 180 days from today', async () => {
    const feed = await read(ended);
    const window = importWindow([feed.feed], today, true);
    assert.equal(window.dayCount, 8 + 180);
    const { input, rolled } = buildTimetable([feed], { window });
    assert.ok(rolled);
    const daily = activeDates(input, 0);
    assert.deepEqual([daily.length, daily[0], daily.at(-1)], [188, '2026-02-24', '2026-08-30']);
    // The last week lacks a Friday; the one before, to Thursday 8 January, is the latest with all weekdays.
    const weekdays = activeDates(input, 1).slice(0, 6);
    assert.deepEqual(weekdays, [
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-03-02',
      '2026-03-03',
    ]);
    const notice = feed.log.notices.find(({ code }) => code === 'CALENDAR_ROLLED');
    assert.equal(notice!.severity, 'WARNING');
    assert.match(notice!.message, /ended on 2026-01-10.*2026-08-30.*busiest week \(from 2026-01-02\)/);
  });

  test('keeps the real days of a feed that ends too soon', async () => {
    const feed = await read(ended);
    const friday = dayOf('2026-01-09');
    const { input } = buildTimetable([feed], { window: importWindow([feed.feed], friday, true) });
    const dates = activeDates(input, 1);
    assert.ok(!dates.includes('2026-01-09') && dates.includes('2026-01-16'));
  });

  test('without rolling an ended feed is refused, naming the way out', async () => {
    const feed = await read(ended);
    assert.throws(
      () => buildTimetable([feed], { window: importWindow([feed.feed], today, false) }),
      (error) =>
        error instanceof AppError && error.code === 'FEED_REJECTED' && /--roll-calendar/.test(error.message),
    );
    assert.equal(feed.log.counts.get('CALENDAR_ENDED'), 1);
  });

  test('a feed that runs long enough is left as it is', async () => {
    const feed = await read(smallFeed);
    const { rolled } = buildTimetable([feed], { window: importWindow([feed.feed], MARCH, true) });
    assert.equal(rolled, false);
  });
});

describe('links', () => {
  /** A station with two platforms 100 m apart, a stop 300 m off and one 500 m off; all served. */
  const near: FeedFiles = {
    ...withTimes(
      '',
      'T1,8:00:00,8:00:00,P1,1',
      'T1,8:10:00,8:10:00,P2,2',
      'T1,8:20:00,8:20:00,N,3',
      'T1,8:30:00,8:30:00,F,4',
    ),
    'stops.txt': lines(
      'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station',
      'S,Station,20,75,1,',
      'P1,Platform 1,20,75,0,S',
      'P2,Platform 2,20.0009,75,0,S',
      'N,Near,20,75.0028,0,',
      'F,Far,20,74.9952,0,',
      'U,Unserved,20,75,0,',
    ),
  };
  const transfers = (...rows: string[]): FeedFiles => ({
    ...near,
    'transfers.txt': lines('from_stop_id,to_stop_id,transfer_type,min_transfer_time', ...rows),
  });

  test('platforms of one station are linked, and nothing else by default', async () => {
    assert.deepEqual(linkLines((await build(near)).input), ['P1>P2 2', 'P2>P1 2']);
  });

  test('walks reach 400 m', async () => {
    const { input } = await build(near, { generatedLinks: true });
    assert.deepEqual(linkLines(input), ['N>P1 6', 'N>P2 6', 'P1>N 6', 'P1>P2 2', 'P2>N 6', 'P2>P1 2']);
  });

  test('are found across the cells of the grid, in the north as at the equator', async () => {
    for (const [lat, span] of [
      [0, 0.0034],
      [20, 0.0036],
      [69.5, 0.0098],
      [-33.5, 0.0041],
    ] as const) {
      for (let i = 0; i < 6; i++) {
        const lng = 10 + i * 0.0007;
        const files = {
          ...near,
          'stops.txt': lines(
            'stop_id,stop_name,stop_lat,stop_lon',
            `P1,x,${lat},${lng}`,
            `P2,x,${lat},${lng + span}`,
            `N,x,${lat + 1.2},30`,
            `F,x,${lat - 1.2},40`,
          ),
        };
        const { input } = await build(files, { generatedLinks: true });
        assert.equal(input.links.length, 2, `at ${lat}, ${lng}`);
      }
    }
  });

  test('transfers of the feed come first: times, stations, forbidden pairs', async () => {
    const { input } = await build(transfers('S,N,2,610', 'N,P1,3,', 'F,N,0,'), { generatedLinks: true });
    assert.deepEqual(linkLines(input), ['F>N 14', 'N>P2 6', 'P1>N 11', 'P1>P2 2', 'P2>N 11', 'P2>P1 2']);
  });
});

describe('several feeds', () => {
  test('share one timetable under scoped ids, with walks between them', async () => {
    const [a, b] = [await read(smallFeed, 'a'), await read(smallFeed, 'b')];
    const window = { firstDay: MARCH, dayCount: 3 };
    const { input, firstStops } = buildTimetable([a, b], { window, generatedLinks: true });
    assert.deepEqual(
      input.stops.map(({ id }) => id),
      ['a:A', 'a:B', 'a:C', 'b:A', 'b:B', 'b:C'],
    );
    assert.deepEqual(
      input.runs.map(({ id }) => id),
      ['a:T1', 'a:T2', 'b:T1', 'b:T2'],
    );
    assert.deepEqual(firstStops, [0, 3]);
    assert.deepEqual(linkLines(input), [
      'a:A>b:A 1',
      'a:B>b:B 1',
      'a:C>b:C 1',
      'b:A>a:A 1',
      'b:B>a:B 1',
      'b:C>a:C 1',
    ]);
    assert.equal(input.services.length, 1, 'equal day patterns of one zone are one service');
  });

  test('of one name are told apart; zones stay apart', async () => {
    const berlin = {
      ...smallFeed,
      'agency.txt': smallFeed['agency.txt'].replace('Asia/Kolkata', 'Europe/Berlin'),
    };
    const third = await read(smallFeed, 'f-2');
    const { input } = buildTimetable([await read(smallFeed), await read(berlin), third], {
      window: { firstDay: MARCH, dayCount: 3 },
    });
    assert.deepEqual(
      [0, 3, 6].map((stop) => input.stops[stop]!.id),
      ['f:A', 'f-2:A', 'f-2-2:A'],
    );
    assert.deepEqual(
      input.zones.map(({ name }) => name),
      ['Asia/Kolkata', 'Europe/Berlin'],
    );
    assert.deepEqual(
      input.stops.map(({ zone }) => zone),
      [0, 0, 0, 1, 1, 1, 0, 0, 0],
    );
    assert.equal(input.services.length, 2);
  });
});
