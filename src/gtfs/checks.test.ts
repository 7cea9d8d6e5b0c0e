/** Checks of rows against each other and against what travellers need, beside those of `readFeed.test.ts`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileTimetable } from '../engine/timetable/compile.ts';
import { AppError } from '../errors.ts';
import { type FeedFiles, lines, smallFeed, withFeed } from '../../test/support/gtfsFeed.ts';
import { buildTimetable } from './buildTimetable.ts';
import { readFeed } from './readFeed.ts';
import { busiestWeek, serviceRange } from './serviceDays.ts';
import { planningWindow } from './window.ts';

const read = (files: FeedFiles) => withFeed({ ...smallFeed, ...files }, (at) => readFeed(at));
const more = (file: keyof typeof smallFeed, ...rows: string[]): FeedFiles => ({
  [file]: smallFeed[file] + lines(...rows),
});
const calls = (head: string, ...rows: string[]): FeedFiles => ({
  'stop_times.txt': lines(`trip_id,arrival_time,departure_time,stop_id,stop_sequence${head}`, ...rows),
});
const blocks = (...rows: string[]): FeedFiles => ({
  'calendar.txt': `${smallFeed['calendar.txt']}E,1,1,1,1,1,0,0,20260101,20261231\n`,
  'trips.txt': lines('route_id,service_id,trip_id,block_id', ...rows),
});

const cases: [name: string, files: FeedFiles, told: string[]][] = [
  [
    'calls at a whole station are told once for each station',
    {
      'stops.txt': lines(
        'stop_id,stop_name,stop_lat,stop_lon,location_type',
        'A,A,20,75,1',
        'B,B,20.5,75,',
        'C,C,21,75,',
      ),
    },
    ['CALL_AT_STATION stop_times.txt 2 stop_id'],
  ],
  ['stop without a name', more('stops.txt', 'D,,,1,1'), ['MISSING_NAME stops.txt 5 stop_name']],
  ['route without a name', more('routes.txt', 'R2,IR,,,3,'), ['MISSING_NAME routes.txt 3 route_long_name']],
  [
    'route that does not say whose it is',
    { ...more('agency.txt', 'X,X,x,Asia/Kolkata'), ...more('routes.txt', 'R2,,2,Two,3,') },
    ['INVALID_OPTION routes.txt 3 agency_id'],
  ],
  [
    'id of 256 characters',
    more('stops.txt', `${'i'.repeat(256)},,Delta,1,1`),
    ['INVALID_ID stops.txt 5 stop_id'],
  ],
  ['id of 255 characters', more('stops.txt', `${'i'.repeat(255)},,Delta,1,1`), []],
  [
    'calls of a trip whose id cannot be seen are no further fault',
    { ...more('trips.txt', 'R1,D,T\u200F3,x'), ...more('stop_times.txt', 'T\u200F3,08:00:00,08:00:00,A,1') },
    ['INVALID_ID trips.txt 4 trip_id', 'DROPPED_REFERENCE stop_times.txt'],
  ],
  [
    'calls on request are told once',
    calls(
      ',pickup_type,drop_off_type',
      'T1,08:00:00,08:00:00,A,1,2,0',
      'T1,09:00:00,09:00:00,B,2,0,3',
      'T2,08:00:00,08:00:00,A,1,0,',
      'T2,09:00:00,09:00:00,B,2,,1',
    ),
    ['ON_REQUEST stop_times.txt'],
  ],
  [
    'pickup of an unknown kind',
    calls(
      ',pickup_type',
      'T1,08:00:00,08:00:00,A,1,7',
      'T1,09:00:00,09:00:00,B,2,0',
      'T2,08:00:00,08:00:00,A,1,',
      'T2,09:00:00,09:00:00,B,2,',
    ),
    ['INVALID_OPTION stop_times.txt 2 pickup_type'],
  ],
  [
    'period between two weekdays',
    more('calendar.txt', 'E,1,0,0,0,0,0,0,20260303,20260308'),
    ['SERVICE_WITHOUT_DAYS calendar.txt 3 service_id'],
  ],
  [
    'period whose only day is taken away',
    {
      ...more('calendar.txt', 'E,1,0,0,0,0,0,0,20260302,20260308'),
      'calendar_dates.txt': lines('service_id,date,exception_type', 'E,20260302,2'),
    },
    ['SERVICE_WITHOUT_DAYS calendar.txt 3 service_id'],
  ],
  [
    'period without weekdays, with a day of its own',
    {
      ...more('calendar.txt', 'E,0,0,0,0,0,0,0,20260302,20260308'),
      'calendar_dates.txt': lines('service_id,date,exception_type', 'E,20260302,1'),
    },
    [],
  ],
  [
    'calendar_dates without rows',
    { 'calendar_dates.txt': lines('service_id,date,exception_type') },
    ['EMPTY_TABLE calendar_dates.txt'],
  ],
  ['a vehicle on two trips, one after the other', blocks('R1,D,T1,V', 'R1,D,T2,V'), []],
  [
    'a vehicle on two trips at once',
    {
      ...blocks('R1,D,T1,V', 'R1,D,T2,V'),
      ...calls(
        '',
        'T1,08:00:00,08:00:00,A,1',
        'T1,09:00:00,09:00:00,B,2',
        'T2,08:59:00,08:59:00,B,1',
        'T2,10:00:00,10:00:00,C,2',
      ),
    },
    ['BLOCK_OVERLAP trips.txt 3 block_id'],
  ],
  [
    'a vehicle on two trips of other days',
    {
      ...blocks('R1,D,T1,V', 'R1,E,T2,V'),
      ...calls(
        '',
        'T1,08:00:00,08:00:00,A,1',
        'T1,09:00:00,09:00:00,B,2',
        'T2,08:30:00,08:30:00,B,1',
        'T2,10:00:00,10:00:00,C,2',
      ),
    },
    [],
  ],
];

describe('checks of rows', () => {
  for (const [name, files, told] of cases)
    test(name, async () => {
      const { log } = await read(files);
      const found = log.notices.map(({ code, file, row, column }) =>
        [code, file, row, column].filter((part) => part !== null).join(' '),
      );
      assert.deepEqual(found, told);
    });
});

describe('what costs more than it should', () => {
  test('a calendar of 8,000 years is looked at where something runs', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `E${i},0,0,0,0,0,0,0,10000101,99991231`);
    const { feed } = await read(more('calendar.txt', ...rows, 'F,0,0,0,0,0,0,1,10000101,20260630'));
    const range = serviceRange(feed)!;
    assert.ok(range.first < -300_000);
    const week = busiestWeek(feed, range);
    assert.ok(week.firstDay > range.last - 3660);
  });

  test('200,000 stops become a network', async () => {
    const rows = Array.from(
      { length: 200_000 },
      (_, i) => `X${i},,Stop,${(i % 447) / 10},${Math.floor(i / 447) / 10}`,
    );
    const built = await read({ 'stops.txt': `${smallFeed['stops.txt']}${rows.join('\n')}\n` });
    const window = planningWindow([built.feed], []);
    const image = compileTimetable(buildTimetable([built], { window, generatedLinks: true }).input);
    assert.equal(image.stats().stops, 200_003);
  });

  test('overlaps among 200,000 blocks of frequencies are found by sorting', async () => {
    const rows = Array.from(
      { length: 200_000 },
      (_, i) => `T1,0:00:00,${String(1 + (i % 24)).padStart(2, '0')}:00:00,3600,0`,
    );
    const head = 'trip_id,start_time,end_time,headway_secs,exact_times';
    const { log } = await read({ 'frequencies.txt': `${[head, ...rows].join('\n')}\n` });
    assert.equal(log.counts.get('FREQUENCY_OVERLAP'), 199_999);
  });
});

test('a refused feed names fault, file, row and column', async () => {
  const cases: [FeedFiles, object][] = [
    [
      { 'stops.txt': 'stop_id,stop_id\n' },
      { fault: 'DUPLICATE_COLUMN', file: 'stops.txt', row: 1, column: 'stop_id' },
    ],
    [{ 'stops.txt': 'stop_id\nA\n"' }, { fault: 'OPEN_QUOTE', file: 'stops.txt', row: 3, column: null }],
    [
      { 'routes.txt': 'route_id\nA\n' },
      { fault: 'MISSING_COLUMN', file: 'routes.txt', row: 1, column: 'route_type' },
    ],
  ];
  for (const [files, facts] of cases)
    await assert.rejects(read(files), (error) => {
      assert.ok(error instanceof AppError);
      assert.deepEqual(error.facts, facts);
      return true;
    });
});
