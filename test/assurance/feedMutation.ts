/** One fault of a feed with its verdict, and the tools that spoil the base feed. */
import type { FeedFault } from '../../src/gtfs/refusal.ts';
import type { NoticeCode } from '../../src/gtfs/notice.ts';
import { type FeedFiles, type ZipEntry, zipOf } from '../support/gtfsFeed.ts';
import { type BaseTables, baseFeed } from './baseFeed.ts';
import type { HeavyFeed } from './heavyFeeds.ts';

export type Verdict = 'reject' | 'warn' | 'accept';
type FileName = keyof BaseTables;

export interface Mutation {
  readonly name: string;
  readonly verdict: Verdict;
  /** '' with `accept`; 'TOO_BIG' when the ceiling of memory stops the import. */
  readonly code: FeedFault | NoticeCode | 'TOO_BIG' | '';
  /** `file:row:column`, from the left as far as known. */
  readonly place: string;
  /** Codes of notices that follow from the first. */
  readonly also: readonly NoticeCode[];
  /** A whole archive, or the tables of a folder; heavy ones write a file by themselves. */
  readonly make: () => Buffer | FeedFiles | HeavyFeed;
}

export const is = (
  name: string,
  verdict: Verdict,
  code: Mutation['code'],
  place: string,
  make: Mutation['make'],
  ...also: NoticeCode[]
): Mutation => ({ name, verdict, code, place, also, make });

export const rowsOf = (file: FileName): string[] => baseFeed[file].trimEnd().split('\n');
export const table = (rows: readonly string[]): string => `${rows.join('\n')}\n`;
export const files = (changes: FeedFiles) => () => ({ ...baseFeed, ...changes });

/** Replaces one field, found by the line of the file and the name of the column. */
export function cell(file: FileName, row: number, column: string, value: string): () => FeedFiles {
  return () => {
    const rows = rowsOf(file);
    const at = rows[0]!.split(',').indexOf(column);
    const fields = rows[row - 1]!.split(',');
    if (at === -1 || fields[at] === value) throw new Error(`${file} has no other ${column} in line ${row}`);
    fields[at] = value;
    rows[row - 1] = fields.join(',');
    return { ...baseFeed, [file]: table(rows) };
  };
}
export const more = (file: FileName, ...rows: string[]) =>
  files({ [file]: table([...rowsOf(file), ...rows]) });
export const without = (file: FileName) => () =>
  Object.fromEntries(Object.entries(baseFeed).filter(([name]) => name !== file));
export const whole = (file: FileName, content: string | Buffer) => files({ [file]: content });

export const entries = (): ZipEntry[] =>
  Object.entries(baseFeed).map(([name, content]) => ({ name, content }));
/** An archive whose `stop_times.txt` differs, or with further entries. */
export const zipWith =
  (change: Partial<ZipEntry>, ...further: ZipEntry[]) =>
  () =>
    zipOf([
      ...entries().map((entry) => (entry.name === 'stop_times.txt' ? { ...entry, ...change } : entry)),
      ...further,
    ]);
export const sound = (): Buffer => zipOf(entries());
export const bytes = (file: FileName, from: string, to: Buffer) => () => {
  const [head = '', tail = ''] = baseFeed[file].split(from);
  return { ...baseFeed, [file]: Buffer.concat([Buffer.from(head), to, Buffer.from(tail)]) };
};
