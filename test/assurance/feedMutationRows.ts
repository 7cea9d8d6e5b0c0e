/** Rows that contradict each other, the calendar or the map. */
import type { FeedFiles } from '../support/gtfsFeed.ts';
import { baseFeed } from './baseFeed.ts';
import { cell, files, is, more, type Mutation, rowsOf, table, whole, without } from './feedMutation.ts';
import * as heavy from './heavyFeeds.ts';

export const referenceMutations: Mutation[] = [
  ...(['agency.txt', 'stops.txt', 'trips.txt', 'stop_times.txt'] as const).map((file) =>
    is(`no ${file}`, 'reject', 'MISSING_TABLE', file, without(file)),
  ),
  is(
    'unknown stop',
    'warn',
    'UNKNOWN_REFERENCE',
    'stop_times.txt:3:stop_id',
    cell('stop_times.txt', 3, 'stop_id', 'X9'),
  ),
  is(
    'unknown trip',
    'warn',
    'UNKNOWN_REFERENCE',
    'stop_times.txt:242:trip_id',
    more('stop_times.txt', 'X9,08:00:00,08:00:00,S01,1'),
  ),
  is(
    'unknown route',
    'warn',
    'UNKNOWN_REFERENCE',
    'trips.txt:2:route_id',
    cell('trips.txt', 2, 'route_id', 'X9'),
    'DROPPED_REFERENCE',
  ),
  is(
    'unknown service',
    'warn',
    'UNKNOWN_REFERENCE',
    'trips.txt:2:service_id',
    cell('trips.txt', 2, 'service_id', 'X9'),
    'DROPPED_REFERENCE',
  ),
  is('key twice', 'warn', 'DUPLICATE_KEY', 'stops.txt:22:stop_id', more('stops.txt', 'S01,Again,20,75,0,')),
  is(
    'circle of parents',
    'warn',
    'INVALID_PARENT',
    'stops.txt:22:parent_station',
    more('stops.txt', 'Y,Yes,20,75,0,Z', 'Z,No,20,75,0,Y'),
    'INVALID_PARENT',
  ),
  is(
    'station under a station',
    'warn',
    'INVALID_PARENT',
    'stops.txt:22:parent_station',
    more('stops.txt', 'Z,Inner,20,75,1,ST'),
  ),
];

export const timeMutations: Mutation[] = [
  is(
    '25:61:00',
    'warn',
    'INVALID_TIME',
    'stop_times.txt:3:arrival_time',
    cell('stop_times.txt', 3, 'arrival_time', '25:61:00'),
  ),
  is(
    'negative time',
    'warn',
    'INVALID_TIME',
    'stop_times.txt:3:departure_time',
    cell('stop_times.txt', 3, 'departure_time', '-6:30:00'),
  ),
  is(
    'hour 999',
    'warn',
    'TIME_TOO_LATE',
    'stop_times.txt:5:departure_time',
    cell('stop_times.txt', 5, 'departure_time', '999:00:00'),
  ),
  is(
    'arrival before the departure before',
    'warn',
    'TIMES_REVERSED',
    'stop_times.txt:4:arrival_time',
    cell('stop_times.txt', 4, 'arrival_time', '06:10:00'),
  ),
  is(
    'arrival after departure',
    'warn',
    'TIMES_REVERSED',
    'stop_times.txt:3:departure_time',
    cell('stop_times.txt', 3, 'arrival_time', '06:40:00'),
  ),
  is(
    'no time at the first call',
    'warn',
    'UNTIMED_END',
    'stop_times.txt:2:arrival_time',
    whole('stop_times.txt', baseFeed['stop_times.txt'].replace('L1-1,06:00:00,06:00:00', 'L1-1,,')),
    'UNTIMED_INTERPOLATED',
  ),
  is(
    'sequence not sorted',
    'accept',
    '',
    '',
    whole(
      'stop_times.txt',
      table([rowsOf('stop_times.txt')[0]!, ...rowsOf('stop_times.txt').slice(1).toReversed()]),
    ),
  ),
  is(
    'trips of a vehicle overlap',
    'warn',
    'BLOCK_OVERLAP',
    'trips.txt:23:block_id',
    whole('trips.txt', baseFeed['trips.txt'].replaceAll(/(L3-[12],To \w+),/g, '$1,B1')),
  ),
  is(
    'headway 0',
    'warn',
    'ZERO_HEADWAY',
    'frequencies.txt:2:headway_secs',
    cell('frequencies.txt', 2, 'headway_secs', '0'),
  ),
  is(
    'frequency ends before it starts',
    'warn',
    'TIMES_REVERSED',
    'frequencies.txt:2:end_time',
    cell('frequencies.txt', 2, 'end_time', '05:00:00'),
  ),
];

const days = (from: string, to: string): string =>
  baseFeed['calendar.txt'].replaceAll('20260101,20261231', `${from},${to}`);
export const calendarMutations: Mutation[] = [
  is(
    '30 February',
    'warn',
    'INVALID_DATE',
    'calendar.txt:4:start_date',
    more('calendar.txt', 'E,1,1,1,1,1,1,1,20260230,20261231'),
  ),
  is(
    'start after end',
    'warn',
    'DATES_REVERSED',
    'calendar.txt:4:start_date',
    more('calendar.txt', 'E,1,1,1,1,1,1,1,20261231,20260101'),
  ),
  is(
    'no active day',
    'warn',
    'SERVICE_WITHOUT_DAYS',
    'calendar.txt:4:service_id',
    more('calendar.txt', 'E,0,0,0,0,0,0,0,20260101,20261231'),
  ),
  is(
    'expired',
    'reject',
    'NO_SERVICE',
    'calendar.txt',
    files({
      'calendar.txt': days('20240101', '20241231'),
      'calendar_dates.txt': 'service_id,date,exception_type\nD,20240815,2\n',
    }),
  ),
  is('neither calendar file', 'reject', 'NO_CALENDAR', '', () =>
    Object.fromEntries(Object.entries(baseFeed).filter(([name]) => !name.startsWith('calendar'))),
  ),
  is(
    'no such zone',
    'reject',
    'NO_ZONE',
    'agency.txt:2:agency_timezone',
    cell('agency.txt', 2, 'agency_timezone', 'Asia/Delhi'),
  ),
  is(
    'agencies in two zones',
    'warn',
    'MIXED_ZONES',
    'agency.txt:3:agency_timezone',
    more('agency.txt', 'X,Other,https://x.example,Europe/Berlin'),
  ),
];

const far = (): FeedFiles => ({
  ...baseFeed,
  'stops.txt': `${baseFeed['stops.txt']}Z,Far away,28.10,75.0,0,\n`,
  'stop_times.txt': baseFeed['stop_times.txt'].replace(
    'L1-1,07:30:00,07:30:00,S04',
    'L1-1,07:01:00,07:01:00,Z',
  ),
});
export const contentMutations: Mutation[] = [
  is(
    'latitude 91',
    'warn',
    'INVALID_COORDINATE',
    'stops.txt:3:stop_lat',
    cell('stops.txt', 3, 'stop_lat', '91'),
    'DROPPED_REFERENCE',
  ),
  is(
    'position (0, 0)',
    'warn',
    'UNKNOWN_POSITION',
    'stops.txt:22:stop_lat',
    more('stops.txt', 'Z,Zero,0,0,0,'),
  ),
  is(
    'longitude NaN',
    'warn',
    'INVALID_COORDINATE',
    'stops.txt:22:stop_lon',
    more('stops.txt', 'Z,Zero,20,NaN,0,'),
  ),
  is('900 km in a minute', 'warn', 'IMPLAUSIBLE_SPEED', 'stop_times.txt:5:arrival_time', far),
  is(
    'unknown type of route',
    'warn',
    'UNKNOWN_ROUTE_TYPE',
    'routes.txt:4:route_type',
    cell('routes.txt', 4, 'route_type', '77'),
  ),
  is('<script> as a name', 'accept', '', '', cell('stops.txt', 2, 'stop_name', '<script>alert(1)</script>')),
  is('=cmd as a name', 'accept', '', '', cell('stops.txt', 2, 'stop_name', "=cmd|' /C calc'!A0")),
  is(
    'name turned round',
    'warn',
    'NAME_CLEANED',
    'stops.txt:2:stop_name',
    cell('stops.txt', 2, 'stop_name', 'Stop\u202Egpj.exe'),
  ),
  is('10 million stop times', 'reject', 'TOO_BIG', '', () => heavy.manyStopTimes),
  is(
    'trip of one call',
    'warn',
    'TOO_FEW_CALLS',
    'stop_times.txt:242:trip_id',
    files({
      'trips.txt': `${baseFeed['trips.txt']}L1,D,Z,,,\n`,
      'stop_times.txt': `${baseFeed['stop_times.txt']}Z,08:00:00,08:00:00,S01,1\n`,
    }),
  ),
  is(
    'shape runs backwards',
    'warn',
    'SHAPE_BACKWARDS',
    'shapes.txt:4:shape_dist_traveled',
    cell('shapes.txt', 4, 'shape_dist_traveled', '11'),
  ),
];
