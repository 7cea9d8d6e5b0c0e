/** The tables that are read. */
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
  'shapes.txt',
  'translations.txt',
  'attributions.txt',
  'fare_attributes.txt',
  'fare_rules.txt',
  'fare_products.txt',
  'fare_leg_rules.txt',
  'networks.txt',
  'route_networks.txt',
] as const;
export type TableName = (typeof TABLES)[number];

/** Tables of GTFS that nothing here uses yet: a notice says so. */
export const UNUSED_TABLES = [
  'pathways.txt',
  'levels.txt',
  'areas.txt',
  'stop_areas.txt',
  'timeframes.txt',
  'rider_categories.txt',
  'fare_media.txt',
  'fare_leg_join_rules.txt',
  'fare_transfer_rules.txt',
  'booking_rules.txt',
  'location_groups.txt',
  'location_group_stops.txt',
  'locations.geojson',
] as const;

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
  /** Those of `UNUSED_TABLES` that are there. */
  readonly ignored: readonly string[];
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
  /** Points of the shapes that trips name (about 70 bytes each while reading); beyond, no shape is kept. */
  readonly shapePoints: number;
}

export const feedLimits: FeedLimits = {
  archiveBytes: 1024 ** 3,
  entries: 2000,
  inflatedBytes: 2 * 1024 ** 3,
  inflationRatio: 150,
  stopTimes: 12_000_000,
  shapePoints: 1_000_000,
};
