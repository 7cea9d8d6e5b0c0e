/** Archives and texts that cannot be read as they should. */
import { zipOf } from '../support/gtfsFeed.ts';
import { baseFeed } from './baseFeed.ts';
import {
  bytes,
  entries,
  is,
  more,
  type Mutation,
  rowsOf,
  sound,
  table,
  whole,
  zipWith,
} from './feedMutation.ts';
import * as heavy from './heavyFeeds.ts';

export const archiveMutations: Mutation[] = [
  is('not a zip', 'reject', 'NOT_A_ZIP', '', () => Buffer.from('<html>404 Not Found</html>')),
  is('truncated', 'reject', 'NOT_A_ZIP', '', () => sound().subarray(0, 3000)),
  is('bad CRC', 'reject', 'WRONG_CHECKSUM', 'stop_times.txt', zipWith({ claimedCrc: 1 })),
  is('forged size', 'reject', 'CANNOT_BE_UNPACKED', 'stop_times.txt', zipWith({ claimedSize: 10 })),
  is('1000:1 bomb', 'reject', 'INFLATES_TOO_FAR', 'stop_times.txt', () => heavy.bomb),
  is('overlapping entries', 'reject', 'OVERLAPPING_ENTRIES', '', zipWith({ overlapsFirst: true })),
  is('zip in a zip', 'reject', 'NO_TABLES', '', () => zipOf([{ name: 'feed.zip', content: sound() }])),
  is('100,000 entries', 'reject', 'TOO_MANY_ENTRIES', '', () => heavy.manyEntries),
  is(
    'entry twice',
    'reject',
    'DUPLICATE_TABLE',
    'stops.txt',
    zipWith({}, { name: 'stops.txt', content: '' }),
  ),
  is('../', 'reject', 'UNSOUND_ZIP', '', zipWith({}, { name: '../stops.txt', content: '' })),
  is('absolute path', 'reject', 'UNSOUND_ZIP', '', zipWith({}, { name: '/etc/passwd', content: '' })),
  is('backslash', 'reject', 'UNSOUND_ZIP', '', zipWith({}, { name: 'a\\stops.txt', content: '' })),
  is('symbolic link', 'reject', 'SYMBOLIC_LINK', 'stop_times.txt', zipWith({ symlink: true })),
  is('encrypted', 'reject', 'ENCRYPTED', 'stop_times.txt', zipWith({ encrypted: true })),
  is('ZIP64 lie', 'reject', 'CANNOT_BE_UNPACKED', 'stop_times.txt', zipWith({ zip64Size: 2 ** 40 })),
  is('subfolder', 'warn', 'IN_SUBFOLDER', '', () =>
    zipOf(entries().map((entry) => ({ ...entry, name: `gtfs/${entry.name}` }))),
  ),
];

export const textMutations: Mutation[] = [
  is('empty file', 'reject', 'EMPTY_TABLE', 'stops.txt', whole('stops.txt', '')),
  is(
    'header only',
    'reject',
    'EMPTY_TABLE',
    'trips.txt',
    whole('trips.txt', table([rowsOf('trips.txt')[0]!])),
  ),
  is('byte order mark', 'accept', '', '', whole('stops.txt', `\uFEFF${baseFeed['stops.txt']}`)),
  is(
    'UTF-16',
    'reject',
    'UTF16_TEXT',
    'stops.txt',
    whole('stops.txt', Buffer.from(`\uFEFF${baseFeed['stops.txt']}`, 'utf16le')),
  ),
  is(
    'invalid UTF-8',
    'warn',
    'INVALID_UTF8',
    'stops.txt:2',
    bytes('stops.txt', 'Stop 1,', Buffer.from('Caf\xE9,', 'latin1')),
  ),
  is('NUL', 'warn', 'NUL_CHARACTER', 'stops.txt:22', more('stops.txt', 'Z,Ze\0ro,20,75,0,')),
  is('unterminated quote, 100 MB', 'reject', 'RECORD_TOO_LONG', 'stops.txt:22', () => heavy.openQuote),
  is(
    'column twice',
    'reject',
    'DUPLICATE_COLUMN',
    'stops.txt:1:stop_id',
    whole('stops.txt', baseFeed['stops.txt'].replace('stop_name', 'stop_id')),
  ),
  is(
    'missing column',
    'reject',
    'MISSING_COLUMN',
    'trips.txt:1:service_id',
    whole('trips.txt', baseFeed['trips.txt'].replace('service_id', 'service')),
  ),
  is('short row', 'warn', 'ROW_TOO_SHORT', 'stops.txt:22', more('stops.txt', 'Z,Zero,20,75')),
  is('long row', 'warn', 'ROW_TOO_LONG', 'stops.txt:22', more('stops.txt', 'Z,Zero,20,75,0,,9')),
  is(
    'field of 1 MB',
    'reject',
    'RECORD_TOO_LONG',
    'stops.txt:22',
    more('stops.txt', `Z,${'z'.repeat(1 << 20)},20,75,0,`),
  ),
  is(
    'lone carriage return',
    'warn',
    'LINE_ENDS',
    'stops.txt:1',
    whole('stops.txt', baseFeed['stops.txt'].replaceAll('\n', '\r')),
  ),
];
