import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ESTIMATED } from '../engine/timetable/input.ts';
import { type FeedFiles, lines, smallFeed, withFeed } from '../../test/support/gtfsFeed.ts';
import { buildTimetable } from './buildTimetable.ts';
import { readFeed } from './readFeed.ts';
import { planningWindow } from './window.ts';

const stops = (middle = '20.1,75'): FeedFiles => ({
  'stops.txt': lines('stop_id,stop_name,stop_lat,stop_lon', 'A,A,20,75', `B,B,${middle}`, 'C,C,20.2,75'),
});
const type = (routeType: number): FeedFiles => ({
  'routes.txt': lines('route_id,agency_id,route_short_name,route_type', `R1,IR,Blue,${routeType}`),
});
const blocks = (...rows: string[]): FeedFiles => ({
  'frequencies.txt': lines(
    'trip_id,start_time,end_time,headway_secs',
    ...rows.map((times) => `T1,${times},600`),
  ),
});
/** Calls of T1 at A, B and C: `time` or `arrival-departure`, with or without the distance after a space. */
const calls = (...rows: string[]): FeedFiles => ({
  'stop_times.txt': lines(
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled',
    ...rows.map((row, index) => {
      const [times = '', distance = ''] = row.split(' ');
      const [arrival, departure = arrival] = times.split('-');
      return `T1,${arrival},${departure},${'ABC'[index]},${index + 1},${distance}`;
    }),
  ),
});
const shape = (...points: string[]): FeedFiles => ({
  'trips.txt': lines('route_id,service_id,trip_id,shape_id', 'R1,D,T1,S'),
  'shapes.txt': lines(
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence',
    ...points.map((point, index) => `S,${point},${index}`),
  ),
});

/** A metro of 22.2 km in straight lines that is given its block of 3 hours as the ride. */
const metro: FeedFiles = {
  ...smallFeed,
  ...stops(),
  ...type(1),
  'trips.txt': lines('route_id,service_id,trip_id', 'R1,D,T1'),
  ...calls('05:00:00', '06:30:00', '08:00:00'),
  ...blocks('05:00:00,08:00:00'),
};
const read = (changes: FeedFiles) => withFeed({ ...metro, ...changes }, (at) => readFeed(at));

/** Minutes from the first departure to the arrivals at the other calls; whether they are estimates. */
const cases: [name: string, changes: FeedFiles, minutes: number[], timed: 'by distance' | 'as given'][] = [
  ['27.8 km with the usual detour at 30 km/h', {}, [28, 56], 'by distance'],
  [
    'its own first departure and no long stop',
    calls('05:00:00', '06:00:00-07:00:00', '08:00:00'),
    [28, 56],
    'by distance',
  ],
  ['the length of the shape', shape('20,75', '20.1,75.1', '20.2,75'), [31, 62], 'by distance'],
  ['a shape that ends elsewhere is none', shape('20,75', '20.3,75'), [28, 56], 'by distance'],
  ['a shape that wanders about is none', shape('20,75', '20.1,76', '20.2,75'), [28, 56], 'by distance'],
  ['distances of the feed', calls('05:00:00 0', '06:30:00 10', '08:00:00 25'), [20, 50], 'by distance'],
  ['block to its last second', blocks('05:00:00,07:59:59'), [28, 56], 'by distance'],
  ['blocks together', blocks('05:00:00,06:00:00', '06:00:00,08:00:00'), [28, 56], 'by distance'],
  ['one of the blocks', blocks('05:00:00,08:00:00', '08:00:00,17:00:00'), [28, 56], 'by distance'],
  [
    'bus slower than a walker',
    { ...type(3), ...calls('05:00:00', '06:30:00', '11:00:00'), ...blocks('05:00:00,11:00:00') },
    [42, 84],
    'by distance',
  ],
  ['bus that a walker does not keep up with', type(3), [90, 180], 'as given'],
  [
    'slow ferry',
    { ...type(4), ...calls('05:00:00', '06:30:00', '17:00:00'), ...blocks('05:00:00,17:00:00') },
    [90, 720],
    'as given',
  ],
  ['block of another length', blocks('05:00:00,09:00:00'), [90, 180], 'as given'],
  [
    'metro at its speed',
    { ...calls('05:00:00', '05:30:00', '06:00:00'), ...blocks('05:00:00,06:00:00') },
    [30, 60],
    'as given',
  ],
  [
    'a single run',
    { 'frequencies.txt': lines('trip_id,start_time,end_time,headway_secs') },
    [90, 180],
    'as given',
  ],
  ['a position that nobody knows', stops('0,0'), [90, 180], 'as given'],
  [
    'all calls on one spot',
    { 'stops.txt': lines('stop_id,stop_name,stop_lat,stop_lon', 'A,A,20,75', 'B,B,20,75', 'C,C,20,75') },
    [90, 180],
    'as given',
  ],
];

describe('rides as long as their frequency block', () => {
  for (const [name, changes, minutes, timed] of cases)
    test(`${name}: ${timed}`, async () => {
      const { feed, log } = await read(changes);
      const { arrival, departure, flags } = feed.calls;
      assert.deepEqual(
        [...flags].map((flag) => (flag & ESTIMATED) !== 0),
        timed === 'by distance' ? [false, true, true] : [false, false, false],
      );
      assert.deepEqual(
        [1, 2].map((call) => arrival[call]! - departure[0]!),
        minutes,
      );
      assert.equal(departure[0], 300);
      assert.equal(log.counts.get('RIDE_TIMED_BY_DISTANCE') ?? 0, timed === 'by distance' ? 1 : 0);
      if (timed === 'by distance') assert.deepEqual([...departure.subarray(1)], [...arrival.subarray(1)]);
    });

  test('the notice says where, what and by how much', async () => {
    const { log } = await read({
      ...calls('23:00:00', '24:30:00', '26:00:00'),
      ...blocks('23:00:00,26:00:00'),
    });
    assert.deepEqual(
      log.notices.filter(({ code }) => code === 'RIDE_TIMED_BY_DISTANCE'),
      [
        {
          code: 'RIDE_TIMED_BY_DISTANCE',
          severity: 'WARNING',
          feed: log.feed,
          file: 'stop_times.txt',
          row: 4,
          column: 'arrival_time',
          value: '26:00',
          message:
            'The ride of trip T1 takes 180 minutes for 28 km, as long as its block in frequencies.txt; it was timed by distance: 56 minutes.',
        },
      ],
    );
  });

  test('every departure of the block takes the new time', async () => {
    const built = await read(calls('05:00:00', '', '08:00:00'));
    const window = planningWindow([built.feed], []);
    const { input } = buildTimetable([built], { window, untimed: 'interpolate' });
    const { offsets, arrival, departure } = input.stopTimes;
    assert.deepEqual(
      input.runs.slice(0, 2).map(({ id }) => id),
      ['T1@05:00', 'T1@05:10'],
    );
    const rides = input.runs.map((_, run) => [
      departure[offsets[run]!]! % 60,
      arrival[offsets[run]! + 1]! - departure[offsets[run]!]!,
      arrival[offsets[run + 1]! - 1]! - departure[offsets[run]!]!,
    ]);
    assert.deepEqual(
      rides,
      Array.from({ length: 18 }, (_, run) => [(10 * run) % 60, 28, 56]),
    );
  });
});
