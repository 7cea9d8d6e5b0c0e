import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AppError } from '../errors.ts';
import { type FeedFiles, lines, smallFeed, withFeed } from '../../test/support/gtfsFeed.ts';
import { UNTIMED } from './calls.ts';
import type { NoticeCode } from './notice.ts';
import { readFeed } from './readFeed.ts';

const read = (files: FeedFiles, limits: object = {}) =>
  withFeed(files, (location) => readFeed(location, { name: 'f', limits }));

const stopTimesHead = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence';
const frequencies = (row: string): FeedFiles => ({
  'frequencies.txt': lines('trip_id,start_time,end_time,headway_secs,exact_times', row),
});
/** Changes one text of a table of the small feed. */
function changed(file: keyof typeof smallFeed, from: string, to: string): FeedFiles {
  assert.ok(smallFeed[file].includes(from), `${file} holds ${from}`);
  return { [file]: smallFeed[file].replace(from, to) };
}
const added = (file: keyof typeof smallFeed, ...rows: string[]): FeedFiles => ({
  [file]: smallFeed[file] + lines(...rows),
});

type Expected = [code: NoticeCode, file: string, row: number | null, column: string | null];

/** One fault → exactly one notice, and how many calls remain usable. */
const faults: [name: string, files: FeedFiles, expected: Expected, calls: number][] = [
  [
    'agency twice',
    added('agency.txt', 'IR,Again,x,Asia/Kolkata'),
    ['DUPLICATE_KEY', 'agency.txt', 3, 'agency_id'],
    6,
  ],
  [
    'agency in another zone',
    added('agency.txt', 'X,X,x,Europe/Berlin'),
    ['MIXED_ZONES', 'agency.txt', 3, 'agency_timezone'],
    6,
  ],
  [
    'agency in no zone',
    added('agency.txt', 'X,X,x,Mars/Base'),
    ['INVALID_ZONE', 'agency.txt', 3, 'agency_timezone'],
    6,
  ],
  ['stop without id', added('stops.txt', ',D,Delta,1,1'), ['MISSING_VALUE', 'stops.txt', 5, 'stop_id'], 6],
  ['stop twice', added('stops.txt', 'A,D,Delta,1,1'), ['DUPLICATE_KEY', 'stops.txt', 5, 'stop_id'], 6],
  [
    'latitude 91',
    added('stops.txt', 'D,D,Delta,91,1'),
    ['INVALID_COORDINATE', 'stops.txt', 5, 'stop_lat'],
    6,
  ],
  [
    'longitude NaN',
    added('stops.txt', 'D,D,Delta,1,NaN'),
    ['INVALID_COORDINATE', 'stops.txt', 5, 'stop_lon'],
    6,
  ],
  ['position 0, 0', added('stops.txt', 'D,D,Delta,0,0'), ['UNKNOWN_POSITION', 'stops.txt', 5, 'stop_lat'], 6],
  ['no position', added('stops.txt', 'D,D,Delta,,'), ['UNKNOWN_POSITION', 'stops.txt', 5, 'stop_lat'], 6],
  [
    'route without type',
    added('routes.txt', 'R2,IR,1,One,,'),
    ['INVALID_NUMBER', 'routes.txt', 3, 'route_type'],
    6,
  ],
  [
    'route of unknown type',
    added('routes.txt', 'R2,IR,1,One,77,'),
    ['UNKNOWN_ROUTE_TYPE', 'routes.txt', 3, 'route_type'],
    6,
  ],
  [
    'route of an unknown agency',
    added('routes.txt', 'R2,XX,1,One,3,'),
    ['INVALID_OPTION', 'routes.txt', 3, 'agency_id'],
    6,
  ],
  [
    'route with a bad colour',
    added('routes.txt', 'R2,IR,1,One,3,red'),
    ['INVALID_OPTION', 'routes.txt', 3, 'route_color'],
    6,
  ],
  ['route twice', added('routes.txt', 'R1,IR,1,One,3,'), ['DUPLICATE_KEY', 'routes.txt', 3, 'route_id'], 6],
  [
    'date that does not exist',
    added('calendar.txt', 'E,1,1,1,1,1,1,1,20260230,20261231'),
    ['INVALID_DATE', 'calendar.txt', 3, 'start_date'],
    6,
  ],
  [
    'start after end',
    added('calendar.txt', 'E,1,1,1,1,1,1,1,20261231,20260101'),
    ['DATES_REVERSED', 'calendar.txt', 3, 'start_date'],
    6,
  ],
  [
    'weekday 2',
    added('calendar.txt', 'E,2,1,1,1,1,1,1,20260101,20261231'),
    ['INVALID_NUMBER', 'calendar.txt', 3, 'monday'],
    6,
  ],
  [
    'service twice',
    added('calendar.txt', 'D,1,1,1,1,1,1,1,20260101,20261231'),
    ['DUPLICATE_KEY', 'calendar.txt', 3, 'service_id'],
    6,
  ],
  [
    'exception of type 3',
    { 'calendar_dates.txt': lines('service_id,date,exception_type', 'D,20260301,3') },
    ['INVALID_NUMBER', 'calendar_dates.txt', 2, 'exception_type'],
    6,
  ],
  [
    'exception twice',
    { 'calendar_dates.txt': lines('service_id,date,exception_type', 'D,20260301,2', 'D,20260301,1') },
    ['DUPLICATE_KEY', 'calendar_dates.txt', 3, 'date'],
    6,
  ],
  ['trip on no route', added('trips.txt', 'R9,D,T3,x'), ['UNKNOWN_REFERENCE', 'trips.txt', 4, 'route_id'], 6],
  [
    'trip of no service',
    added('trips.txt', 'R1,X,T3,x'),
    ['UNKNOWN_REFERENCE', 'trips.txt', 4, 'service_id'],
    6,
  ],
  ['trip twice', added('trips.txt', 'R1,D,T1,x'), ['DUPLICATE_KEY', 'trips.txt', 4, 'trip_id'], 6],
  [
    'trip without calls',
    added('trips.txt', 'R1,D,T3,x'),
    ['RUN_WITHOUT_CALLS', 'trips.txt', null, 'trip_id'],
    6,
  ],
  [
    'call at no stop',
    changed('stop_times.txt', '09:00:00,09:05:00,B', '09:00:00,09:05:00,Z'),
    ['UNKNOWN_REFERENCE', 'stop_times.txt', 3, 'stop_id'],
    5,
  ],
  [
    'call of no trip',
    added('stop_times.txt', 'T9,10:00:00,10:00:00,A,1'),
    ['UNKNOWN_REFERENCE', 'stop_times.txt', 8, 'trip_id'],
    6,
  ],
  [
    'sequence x',
    changed('stop_times.txt', 'B,2', 'B,x'),
    ['INVALID_NUMBER', 'stop_times.txt', 3, 'stop_sequence'],
    5,
  ],
  [
    'sequence twice',
    added('stop_times.txt', 'T1,10:10:00,10:10:00,B,3'),
    ['DUPLICATE_KEY', 'stop_times.txt', 8, 'stop_sequence'],
    6,
  ],
  [
    '25:61:00',
    changed('stop_times.txt', '09:00:00,09:05', '25:61:00,09:05'),
    ['INVALID_TIME', 'stop_times.txt', 3, 'arrival_time'],
    5,
  ],
  [
    'negative time',
    changed('stop_times.txt', '09:05:00,B', '-1:05:00,B'),
    ['INVALID_TIME', 'stop_times.txt', 3, 'departure_time'],
    5,
  ],
  [
    'hour 999',
    changed('stop_times.txt', '25:10:00,25:10:00,C', '25:10:00,999:10:00,C'),
    ['TIME_TOO_LATE', 'stop_times.txt', 7, 'departure_time'],
    5,
  ],
  [
    'departure before arrival',
    changed('stop_times.txt', '09:00:00,09:05', '09:10:00,09:05'),
    ['TIMES_REVERSED', 'stop_times.txt', 3, 'departure_time'],
    3,
  ],
  [
    'arrival before the departure before',
    changed('stop_times.txt', 'T1,10:00:00,10:00', 'T1,09:04:00,10:00'),
    ['TIMES_REVERSED', 'stop_times.txt', 4, 'arrival_time'],
    3,
  ],
  [
    'no time at the end',
    changed('stop_times.txt', 'T1,10:00:00,10:00:00', 'T1,,'),
    ['UNTIMED_END', 'stop_times.txt', 4, 'arrival_time'],
    6,
  ],
  [
    'one call only',
    { ...added('trips.txt', 'R1,D,T3,x'), ...added('stop_times.txt', 'T3,10:00:00,10:00:00,A,1') },
    ['TOO_FEW_CALLS', 'stop_times.txt', 8, 'trip_id'],
    6,
  ],
  [
    '55 km in 5 minutes',
    changed('stop_times.txt', 'T1,09:00:00', 'T1,08:04:00'),
    ['IMPLAUSIBLE_SPEED', 'stop_times.txt', 3, 'arrival_time'],
    6,
  ],
  ['short row', added('routes.txt', 'R2,IR,1,One,3'), ['ROW_TOO_SHORT', 'routes.txt', 3, null], 6],
  ['long row', changed('stop_times.txt', 'B,2', 'B,2,9'), ['ROW_TOO_LONG', 'stop_times.txt', 3, null], 5],
  ['text after a quote', added('stops.txt', 'D,D,"Del"ta,1,1'), ['BAD_QUOTES', 'stops.txt', 5, null], 6],
  ['NUL', added('stops.txt', 'D,D,Del\0ta,1,1'), ['NUL_CHARACTER', 'stops.txt', 5, null], 6],
  [
    'frequency of no trip',
    frequencies('T9,08:00:00,09:00:00,600,0'),
    ['UNKNOWN_REFERENCE', 'frequencies.txt', 2, 'trip_id'],
    6,
  ],
  [
    'frequency at hour 999',
    frequencies('T1,08:00:00,999:00:00,600,0'),
    ['TIME_TOO_LATE', 'frequencies.txt', 2, 'end_time'],
    6,
  ],
  [
    'headway 0',
    frequencies('T1,08:00:00,09:00:00,0,0'),
    ['ZERO_HEADWAY', 'frequencies.txt', 2, 'headway_secs'],
    6,
  ],
  [
    'frequency ends before it starts',
    frequencies('T1,08:00:00,07:00:00,600,0'),
    ['TIMES_REVERSED', 'frequencies.txt', 2, 'end_time'],
    6,
  ],
  [
    'frequency from x',
    frequencies('T1,x,07:00:00,600,0'),
    ['INVALID_TIME', 'frequencies.txt', 2, 'start_time'],
    6,
  ],
  [
    'overlapping frequencies',
    frequencies('T1,08:00:00,09:00:00,600,0\nT1,08:30:00,10:00:00,600,0'),
    ['FREQUENCY_OVERLAP', 'frequencies.txt', 3, 'start_time'],
    6,
  ],
  [
    'frequencies without headway',
    { 'frequencies.txt': lines('trip_id,start_time,end_time', 'T1,1,2') },
    ['MISSING_COLUMN', 'frequencies.txt', 1, 'headway_secs'],
    6,
  ],
  [
    'frequencies without rows',
    { 'frequencies.txt': lines('trip_id,start_time,end_time,headway_secs') },
    ['EMPTY_TABLE', 'frequencies.txt', null, null],
    6,
  ],
  [
    'transfer to no stop',
    { 'transfers.txt': lines('from_stop_id,to_stop_id,transfer_type', 'A,Z,0') },
    ['UNKNOWN_REFERENCE', 'transfers.txt', 2, 'to_stop_id'],
    6,
  ],
  [
    'transfer at one stop',
    { 'transfers.txt': lines('from_stop_id,to_stop_id,transfer_type', 'A,A,0') },
    ['IGNORED_ROWS', 'transfers.txt', null, null],
    6,
  ],
  [
    'transfer of type 2 without time',
    { 'transfers.txt': lines('from_stop_id,to_stop_id,transfer_type,min_transfer_time', 'A,B,2,') },
    ['INVALID_OPTION', 'transfers.txt', 2, 'min_transfer_time'],
    6,
  ],
];

describe('readFeed: one fault, one notice', () => {
  test('the small feed itself has none', async () => {
    const { feed, log } = await read(smallFeed);
    assert.deepEqual(log.notices, []);
    assert.deepEqual([feed.runsRead, feed.runsDropped], [2, 0]);
  });
  for (const [name, files, [code, file, row, column], calls] of faults)
    test(name, async () => {
      const { feed, log } = await read({ ...smallFeed, ...files });
      const expected = { code, feed: 'f', file, row, column };
      const found = log.notices;
      assert.deepEqual(
        found.map(({ code, feed, file, row, column }) => ({ code, feed, file, row, column })),
        [expected],
      );
      assert.match(found[0]!.message, /^.+\.$/);
      assert.equal(feed.calls.stop.length, calls);
    });
});

const stations = (parentRow: string): FeedFiles => ({
  ...smallFeed,
  'stops.txt': lines(
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station',
    'S,Station,20,75,1,',
    'A,Alpha,20,75,0,S',
    'B,Beta,20.5,75,,',
    'C,Gamma,21,75,0,',
    'E,Entrance,20,75,2,S',
    parentRow,
  ),
});

describe('readFeed: stations', () => {
  test('platforms know their station; entrances are not stops', async () => {
    const { feed, log } = await read(stations('P,Platform,20,75,0,S'));
    assert.deepEqual(
      feed.stops
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, parent, isStation }) => [id, feed.stops[parent]?.id ?? null, isStation]),
      [
        ['A', 'S', false],
        ['B', null, false],
        ['C', null, false],
        ['P', 'S', false],
        ['S', null, true],
      ],
    );
    assert.deepEqual(log.notices, []);
  });

  const wrong: [string, string][] = [
    ['unknown parent', 'P,Platform,20,75,0,Q'],
    ['station under a station', 'P,Platform,20,75,1,S'],
    ['parent that is no station', 'P,Platform,20,75,0,A'],
    ['parent of itself', 'P,Platform,20,75,0,P'],
  ];
  for (const [name, row] of wrong)
    test(name, async () => {
      const { feed, log } = await read(stations(row));
      assert.deepEqual(
        log.notices.map(({ code, row, column }) => [code, row, column]),
        [['INVALID_PARENT', 7, 'parent_station']],
      );
      assert.equal(feed.stops[4]!.parent, -1);
    });
});

describe('readFeed: times', () => {
  test('seconds are cut off and hours pass midnight', async () => {
    const { feed } = await read(smallFeed);
    assert.deepEqual([...feed.calls.arrival], [480, 540, 600, 1380, 1450, 1510]);
    assert.deepEqual([...feed.calls.departure], [480, 545, 600, 1380, 1452, 1510]);
  });

  test('single-digit hours are times', async () => {
    const { feed } = await read({
      ...smallFeed,
      ...changed('stop_times.txt', '08:00:00,08:00:00', '8:00:00,8:00:00'),
    });
    assert.equal(feed.calls.departure[0], 480);
  });

  test('one of two times stands for both, none for no time', async () => {
    const { feed, log } = await read({
      ...smallFeed,
      ...changed('stop_times.txt', '09:00:00,09:05:00', ','),
    });
    assert.deepEqual([feed.calls.arrival[1], feed.calls.departure[1]], [UNTIMED, UNTIMED]);
    assert.deepEqual(log.notices, []);
    const half = await read({ ...smallFeed, ...changed('stop_times.txt', '09:00:00,09:05:00', ',09:05:00') });
    assert.deepEqual([half.feed.calls.arrival[1], half.feed.calls.departure[1]], [545, 545]);
  });

  test('rows may come in any order', async () => {
    const [head, ...rows] = smallFeed['stop_times.txt'].trim().split('\n');
    const mixed = await read({ ...smallFeed, 'stop_times.txt': lines(head!, ...rows.toReversed()) });
    const { feed } = await read(smallFeed);
    assert.deepEqual(mixed.feed.calls.arrival, feed.calls.arrival);
    assert.deepEqual(mixed.feed.calls.stop, feed.calls.stop);
    assert.deepEqual([...mixed.feed.calls.line], [7, 6, 5, 4, 3, 2]);
  });

  test('quoted fields, columns in another order and byte order mark are legal', async () => {
    const files = {
      'trips.txt': '\uFEFFtrip_id,"service_id",route_id\r\n"T1","D",R1\r\nT2,D,"R1"\r\n',
      'stop_times.txt': smallFeed['stop_times.txt'].replaceAll('T1,', '"T1",'),
    };
    const { feed, log } = await read({ ...smallFeed, ...files });
    assert.deepEqual(
      feed.trips.map(({ id }) => id),
      ['T1', 'T2'],
    );
    assert.equal(feed.calls.stop.length, 6);
    assert.deepEqual(log.notices, []);
  });
});

const without = (...files: string[]): FeedFiles =>
  Object.fromEntries(Object.entries(smallFeed).filter(([name]) => !files.includes(name)));

describe('readFeed: what cannot be read', () => {
  const refused: [string, FeedFiles, RegExp][] = [
    ...['agency.txt', 'stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt'].map(
      (file): [string, FeedFiles, RegExp] => [`no ${file}`, without(file), new RegExp(`${file} is missing`)],
    ),
    ['neither calendar', without('calendar.txt'), /neither calendar.txt nor calendar_dates.txt/],
    ['empty table', { ...smallFeed, 'stops.txt': '' }, /stops.txt is empty/],
    [
      'missing column',
      { ...smallFeed, 'trips.txt': 'trip_id,route_id\nT1,R1\n' },
      /lacks the column service_id/,
    ],
    ['column twice', { ...smallFeed, 'stops.txt': 'stop_id,stop_id\nA,B\n' }, /column stop_id twice/],
    ['open quote', { ...smallFeed, 'stops.txt': 'stop_id,stop_name\nA,"B\n' }, /stops.txt line 2: a quote/],
  ];
  for (const [name, files, message] of refused)
    test(name, () =>
      assert.rejects(read(files), (error) => {
        assert.ok(error instanceof AppError && error.code === 'FEED_UNREADABLE', String(error));
        assert.match(error.message, message);
        return true;
      }),
    );

  test('a feed without any usable trip is refused with the reasons', () =>
    assert.rejects(
      read({ ...smallFeed, 'stop_times.txt': lines(stopTimesHead, 'T1,8:00:00,8:00:00,A,1') }),
      (error) => {
        assert.ok(error instanceof AppError && error.code === 'FEED_REJECTED');
        assert.match(error.message, /1 × TOO_FEW_CALLS.*stop_times.txt line 2/);
        return true;
      },
    ));

  test('too many stop times are refused', () =>
    assert.rejects(read(smallFeed, { stopTimes: 5 }), /more than 5 rows/));
});

describe('readFeed: notices', () => {
  test('a thousand of a code are kept, all are counted', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `T9,08:00:00,08:00:00,A,${i}`);
    const { log } = await read({ ...smallFeed, ...added('stop_times.txt', ...rows) });
    assert.equal(log.notices.length, 1000);
    assert.equal(log.counts.get('UNKNOWN_REFERENCE'), 1500);
  });

  test('rows of a trip that was left out are told once', async () => {
    const files = {
      ...added('trips.txt', 'R9,D,T3,x'),
      ...added('stop_times.txt', 'T3,8:00:00,8:00:00,A,1', 'T3,9:00:00,9:00:00,B,2'),
    };
    const { feed, log } = await read({ ...smallFeed, ...files });
    assert.deepEqual(
      [...log.counts],
      [
        ['UNKNOWN_REFERENCE', 1],
        ['DROPPED_REFERENCE', 1],
      ],
    );
    assert.deepEqual([feed.runsRead, feed.runsDropped], [3, 1]);
  });

  test('values cannot forge lines or turn the text round', async () => {
    const { log } = await read({ ...smallFeed, ...added('routes.txt', '"R2",IR,1,One,"9\n9\u202E",') });
    const [notice] = log.notices;
    assert.equal(notice!.value, '9·9·');
  });

  test('calendar of exceptions only', async () => {
    const { 'calendar.txt': _, ...rest } = smallFeed;
    const dates = lines('service_id,date,exception_type', 'D,20260301,1', 'D,20260302,1');
    const { feed, log } = await read({ ...rest, 'calendar_dates.txt': dates });
    assert.equal(feed.services[0]!.exceptions.size, 2);
    assert.deepEqual(log.notices, []);
  });
});
