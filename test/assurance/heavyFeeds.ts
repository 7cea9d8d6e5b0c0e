/** Feeds that are imported in a process of their own, because they try to take all memory or time there is. */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { zipOf } from '../support/gtfsFeed.ts';
import { StreamedZip, writeLargeFeed } from '../support/largeFeed.ts';
import { baseFeed } from './baseFeed.ts';
import { sized } from './sizes.ts';

export interface HeavyFeed {
  /** Ceiling of the import in MB, where the usual one would let the smaller feed of continuous integration pass. */
  readonly memoryMb?: number;
  write(file: string): Promise<void>;
}

const MB = 1024 ** 2;

function* repeated(first: string, part: Buffer, times: number): Generator<string | Buffer> {
  yield first;
  for (let i = 0; i < times; i++) yield part;
}

async function withTable(
  file: string,
  name: string,
  texts: Iterable<string | Buffer>,
  level?: number,
): Promise<void> {
  const zip = new StreamedZip(createWriteStream(file), level);
  for (const [table, content] of Object.entries(baseFeed))
    if (table !== name) await zip.add(table, [content]);
  await zip.add(name, texts);
  await zip.end();
}

const SMALLEST = 9;

export const bomb: HeavyFeed = {
  write: (file) => {
    const blanks = repeated(baseFeed['stop_times.txt'], Buffer.alloc(MB, '\n'), sized(40, 1000));
    return withTable(file, 'stop_times.txt', blanks, SMALLEST);
  },
};

export const manyEntries: HeavyFeed = {
  write: (file) =>
    writeFile(
      file,
      zipOf([
        ...Object.entries(baseFeed).map(([name, content]) => ({ name, content })),
        ...Array.from({ length: sized(10_000, 100_000) }, (_, i) => ({ name: `${i}.txt`, content: '' })),
      ]),
    ),
};

/** Text that hardly packs: equal letters would be refused as a bomb first. */
function* unevenText(start: string, length: number): Generator<string> {
  yield start;
  let state = 1;
  for (let at = 0; at < length; at += 6) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state.toString(36).padStart(7, '0').slice(0, 6);
  }
}

export const openQuote: HeavyFeed = {
  write: (file) =>
    withTable(file, 'stops.txt', unevenText(`${baseFeed['stops.txt']}Z,"Never closed `, sized(10, 100) * MB)),
};

/** All ten million meet the usual ceiling. */
export const manyStopTimes: HeavyFeed = {
  ...sized({ memoryMb: 192 }, {}),
  write: (file) => writeLargeFeed(file, { stopTimes: sized(1_000_000, 10_000_000) }),
};
