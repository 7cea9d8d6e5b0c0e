/**
 * Faults of feeds and what each must come to. `reject`: the feed is turned down with this fault, and the
 * active network stays. `warn`: it is imported with this notice. `accept`: it is legal, there is no notice.
 */
import { archiveMutations, textMutations } from './feedMutationFiles.ts';
import {
  calendarMutations,
  contentMutations,
  referenceMutations,
  timeMutations,
} from './feedMutationRows.ts';
import type { Mutation } from './feedMutation.ts';
import { baseFeed } from './baseFeed.ts';
import { cell, entries, files, is, more, table, whole, zipWith } from './feedMutation.ts';
import { type FeedFiles, zipOf } from '../support/gtfsFeed.ts';

/** A trip that calls at 400 stops of one position: each could be walked to from each. */
function onOneSpot(): FeedFiles {
  const calls = Array.from({ length: 400 }, (_, i) => i);
  return {
    ...baseFeed,
    'stops.txt': baseFeed['stops.txt'] + table(calls.map((i) => `Z${i},Spot,22,77,0,`)),
    'trips.txt': `${baseFeed['trips.txt']}L1,D,Z,,,\n`,
    'stop_times.txt': baseFeed['stop_times.txt'] + table(calls.map((i) => `Z,08:00:00,08:00:00,Z${i},${i}`)),
  };
}

/** Line 5 goes by this type of route every 10 minutes of a block, and its pattern takes until `last`. */
function rideOfBlock(type: number, end: string, last: string): FeedFiles {
  return {
    ...baseFeed,
    'routes.txt': baseFeed['routes.txt'].replace('Line 5,1,', `Line 5,${type},`),
    'frequencies.txt': `trip_id,start_time,end_time,headway_secs\nL5-1,06:00:00,${end},600\n`,
    'stop_times.txt': baseFeed['stop_times.txt'].replace('L5-1,07:30:00,07:30:00', `L5-1,${last},${last}`),
  };
}

/** Not in any list: found by looking for what costs much or says little. */
const further: Mutation[] = [
  is(
    '25:10:00',
    'accept',
    '',
    '',
    whole(
      'stop_times.txt',
      baseFeed['stop_times.txt'].replace('L1-10,16:30:00,16:30:00', 'L1-10,25:10:00,25:10:00'),
    ),
  ),
  is(
    'name of 10 kB',
    'warn',
    'NAME_CUT',
    'stops.txt:2:stop_name',
    cell('stops.txt', 2, 'stop_name', 'N'.repeat(10_240)),
  ),
  is(
    'escape sequence in an id',
    'warn',
    'INVALID_ID',
    'stops.txt:22:stop_id',
    more('stops.txt', 'Z\u001B[2J,Zero,20,75,0,'),
  ),
  is('two feeds in one archive', 'reject', 'SEVERAL_FEEDS', '', () =>
    zipOf(
      ['a', 'b'].flatMap((folder) =>
        entries().map((entry) => ({ ...entry, name: `${folder}/${entry.name}` })),
      ),
    ),
  ),
  is('compressed by bzip2', 'reject', 'UNKNOWN_COMPRESSION', 'stop_times.txt', zipWith({ method: 12 })),
  is(
    'a run each second for a week',
    'reject',
    'TOO_MANY_RUNS',
    'frequencies.txt::headway_secs',
    files({
      'frequencies.txt': table([
        'trip_id,start_time,end_time,headway_secs',
        ...Array.from({ length: 10 }, (_, i) => `L5-${i + 1},00:00:00,168:00:00,1`),
      ]),
    }),
  ),
  is(
    '6,000 services of 8,000 years',
    'warn',
    'SERVICE_WITHOUT_DAYS',
    'calendar.txt:4:service_id',
    more('calendar.txt', ...Array.from({ length: 6000 }, (_, i) => `E${i},0,0,0,0,0,0,0,19000101,99991231`)),
    ...Array.from({ length: 999 }, () => 'SERVICE_WITHOUT_DAYS' as const),
  ),
  is('400 stops on one spot', 'reject', 'TOO_MANY_LINKS', 'stops.txt', onOneSpot),
  is(
    'metro of 83 km that takes its block of 10 hours',
    'warn',
    'RIDE_TIMED_BY_DISTANCE',
    'stop_times.txt:165:arrival_time',
    () => rideOfBlock(1, '16:00:00', '16:00:00'),
  ),
  is('slow ferry, as long as its block', 'accept', '', '', () => rideOfBlock(4, '16:00:00', '16:00:00')),
  is('slow metro in a block of another length', 'accept', '', '', () =>
    rideOfBlock(1, '18:00:00', '16:00:00'),
  ),
  is('metro at its speed, as long as its block', 'accept', '', '', () =>
    rideOfBlock(1, '09:00:00', '09:00:00'),
  ),
  is(
    'fare below nothing',
    'warn',
    'INVALID_NUMBER',
    'fare_attributes.txt:2:price',
    files({ 'fare_attributes.txt': 'fare_id,price,currency_type,payment_method,transfers\nF,-1,INR,0,0\n' }),
  ),
  is(
    'translation of no stop',
    'warn',
    'UNKNOWN_REFERENCE',
    'translations.txt:2:record_id',
    files({
      'translations.txt':
        'table_name,field_name,language,translation,record_id\nstops,stop_name,hi,दिल्ली,X9\n',
    }),
  ),
  is(
    'transfer to no stop',
    'warn',
    'UNKNOWN_REFERENCE',
    'transfers.txt:3:to_stop_id',
    more('transfers.txt', 'S01,X9,2,60'),
  ),
  is('pathways', 'warn', 'IGNORED_TABLE', 'pathways.txt', () =>
    zipOf({ ...baseFeed, 'pathways.txt': 'pathway_id\n' }),
  ),
];

/** The list of the threat model. */
export const listed: readonly Mutation[] = [
  ...archiveMutations,
  ...textMutations,
  ...referenceMutations,
  ...timeMutations,
  ...calendarMutations,
  ...contentMutations,
];
export const mutations: readonly Mutation[] = [...listed, ...further];
