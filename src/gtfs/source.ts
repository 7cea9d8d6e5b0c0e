/** The tables that are read, in an order in which each only refers to earlier ones. */
export const TABLES = [
  'agency.txt',
  'stops.txt',
  'routes.txt',
  'calendar.txt',
  'calendar_dates.txt',
  'trips.txt',
  'stop_times.txt',
  'frequencies.txt',
  'transfers.txt',
  'feed_info.txt',
] as const;
export type TableName = (typeof TABLES)[number];

export const isTableName = (name: string): name is TableName => (TABLES as readonly string[]).includes(name);

export interface TableFile {
  /** Declared size in bytes, for progress only: it may lie. */
  readonly size: number;
  read(): AsyncIterable<Buffer>;
}

/** A feed's tables, wherever they lie. Names from an archive are compared, never used as paths. */
export interface FeedSource {
  /** File or folder name without extension. */
  readonly name: string;
  /** Folder inside the archive that held the tables, when they were not at its top. */
  readonly subfolder: string | null;
  readonly tables: ReadonlyMap<TableName, TableFile>;
  close(): void;
}

/** Bounds on what a feed may cost; generous for the largest national feeds. */
export interface FeedLimits {
  /** Bytes of the zip file. */
  readonly archiveBytes: number;
  readonly entries: number;
  /** Bytes really inflated, all tables together; declared sizes are not believed. */
  readonly inflatedBytes: number;
  /** Inflated bytes per compressed byte of one table, above a harmless size. Real CSV stays below 30. */
  readonly inflationRatio: number;
  readonly stopTimes: number;
}

export const feedLimits: FeedLimits = {
  archiveBytes: 1024 ** 3,
  entries: 2000,
  inflatedBytes: 2 * 1024 ** 3,
  inflationRatio: 150,
  stopTimes: 12_000_000,
};
