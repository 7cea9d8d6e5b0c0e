import type { Database, Queryable } from '../../database/connect.ts';
import { newId, type NetworkId } from '../../units/ids.ts';
import type { Network, NetworkFeed, NetworkStats } from './contract.ts';

/** PostgreSQL announces the id of a network on this channel when it becomes active (trigger on `networks`). */
export const ACTIVATED_CHANNEL = 'network_activated';

export interface NewNetwork {
  readonly name: string;
  readonly sample: boolean;
  readonly rolled: boolean;
  readonly rollCalendar: boolean;
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly imageHash: string;
  readonly imageSize: number;
  /** Compressed. */
  readonly image: Buffer;
  readonly stats: NetworkStats;
  readonly feeds: readonly NetworkFeed[];
  /** Packed; `null` when there are none. */
  readonly stopNames: Buffer | null;
}

export async function insertNetwork(tx: Queryable, network: NewNetwork): Promise<NetworkId> {
  const id = newId<NetworkId>();
  await tx.query({
    text: `INSERT INTO networks (id, name, sample, rolled, roll_calendar, valid_from, valid_to, image_hash, image_size, image, stats, feeds, stop_names)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      id,
      network.name,
      network.sample,
      network.rolled,
      network.rollCalendar,
      network.validFrom,
      network.validTo,
      network.imageHash,
      network.imageSize,
      network.image,
      JSON.stringify(network.stats),
      JSON.stringify(network.feeds),
      network.stopNames,
    ],
  });
  return id;
}

/** Changes of the networks wait for each other until their transactions end. */
export async function lockActivation(tx: Queryable): Promise<void> {
  await tx.query({ text: `SELECT pg_advisory_xact_lock(hashtext('routestitch network activation'))` });
}

/** Call after {@link lockActivation}. False when the network, or its image, is gone. */
export async function setActive(tx: Queryable, id: NetworkId): Promise<boolean> {
  await tx.query({
    text: 'UPDATE networks SET is_active = false WHERE is_active AND id <> $1',
    values: [id],
  });
  const { rowCount } = await tx.query({
    text: `UPDATE networks SET is_active = true, activated_at = now(),
             version = CASE WHEN is_active AND version IS NOT NULL THEN version
               ELSE (SELECT coalesce(max(version), 0) + 1 FROM networks) END
           WHERE id = $1 AND image IS NOT NULL`,
    values: [id],
  });
  return rowCount === 1;
}

/** The active network and those that can be gone back to. */
const IMAGES_KEPT = 3;

/**
 * Drops image and feeds of networks that were active before the last three; their rows stay as history. Networks
 * that were never active stay whole. Call after {@link lockActivation}.
 */
export async function dropOldImages(tx: Queryable): Promise<void> {
  await tx.query({
    text: `UPDATE networks SET image = NULL, stop_names = NULL WHERE image IS NOT NULL AND NOT is_active AND version NOT IN
             (SELECT version FROM networks WHERE version IS NOT NULL AND image IS NOT NULL ORDER BY version DESC LIMIT $1)`,
    values: [IMAGES_KEPT],
  });
  await tx.query({
    text: 'DELETE FROM network_feeds f USING networks n WHERE n.id = f.network_id AND n.image IS NULL',
  });
  await deleteUnusedArchives(tx);
}

/** Feeds that no network keeps any more. Call after {@link lockActivation}. */
export async function deleteUnusedArchives(tx: Queryable): Promise<void> {
  await tx.query({
    text: 'DELETE FROM feed_archives a WHERE NOT EXISTS (SELECT FROM network_feeds f WHERE f.hash = a.hash)',
  });
}

/** Answers how many rows went: networks with the given ids that are not active. */
export async function deleteNetworks(tx: Queryable, ids: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query({
    text: 'DELETE FROM networks WHERE id = ANY($1) AND NOT is_active',
    values: [ids],
  });
  return rowCount ?? 0;
}

interface NetworkRow {
  id: string;
  name: string;
  is_active: boolean;
  version: number | null;
  sample: boolean;
  rolled: boolean;
  roll_calendar: boolean;
  valid_from: string;
  valid_to: string;
  image_hash: string;
  image_size: number;
  stored_bytes: number;
  stats: NetworkStats;
  feeds: NetworkFeed[];
  created_at: Date;
  activated_at: Date | null;
}

const NETWORK_COLUMNS = `id, name, is_active, version, sample, rolled, roll_calendar, valid_from::text, valid_to::text,
  image_hash, image_size, coalesce(length(image), 0) AS stored_bytes, stats, feeds, created_at, activated_at`;

/** Active first, then the newest. */
export async function selectNetworks(db: Queryable): Promise<Network[]> {
  const { rows } = await db.query<NetworkRow>({
    text: `SELECT ${NETWORK_COLUMNS} FROM networks ORDER BY is_active DESC, created_at DESC, id`,
  });
  return rows.map(networkOf);
}

/**
 * One network by its id, by its version (`v12`), or as `active` or `previous` (active before this one and still
 * with its image).
 */
export async function selectNetwork(db: Queryable, reference: string): Promise<Network | null> {
  const version = /^v(\d{1,9})$/.exec(reference)?.[1];
  const { rows } = await db.query<NetworkRow>({
    text: `SELECT ${NETWORK_COLUMNS} FROM networks
           WHERE CASE $1 WHEN 'active' THEN is_active
             WHEN 'previous' THEN NOT is_active AND version IS NOT NULL AND image IS NOT NULL
             ELSE id = $1 OR version = $2 END
           ORDER BY version DESC LIMIT 1`,
    values: [reference, version === undefined ? null : Number(version)],
  });
  return rows[0] ? networkOf(rows[0]) : null;
}

const networkOf = (row: NetworkRow): Network => ({
  id: row.id,
  name: row.name,
  isActive: row.is_active,
  version: row.version,
  sample: row.sample,
  rolled: row.rolled,
  rollCalendar: row.roll_calendar,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  imageHash: row.image_hash,
  imageBytes: row.image_size,
  storedBytes: row.stored_bytes,
  stats: row.stats,
  feeds: row.feeds,
  createdAt: row.created_at.toISOString(),
  activatedAt: row.activated_at?.toISOString() ?? null,
});

export interface StoredImage {
  readonly id: string;
  readonly name: string;
  readonly version: number | null;
  readonly sample: boolean;
  readonly rolled: boolean;
  readonly rollCalendar: boolean;
  readonly validFrom: string;
  readonly validTo: string;
  readonly imageHash: string;
  readonly imageSize: number;
  readonly image: Buffer;
  readonly feeds: NetworkFeed[];
  readonly stopNames: Buffer | null;
}

const IMAGE_COLUMNS = `id, name, version, sample, rolled, roll_calendar AS "rollCalendar", valid_from::text AS "validFrom",
  valid_to::text AS "validTo", image_hash AS "imageHash", image_size AS "imageSize", image, feeds, stop_names AS "stopNames"`;

export async function selectActiveImage(db: Queryable): Promise<StoredImage | null> {
  const { rows } = await db.query<StoredImage & Record<string, unknown>>({
    text: `SELECT ${IMAGE_COLUMNS} FROM networks WHERE is_active`,
  });
  return rows[0] ?? null;
}

/** `null` when there is no such network, or only its history. */
export async function selectImage(db: Queryable, id: string): Promise<StoredImage | null> {
  const { rows } = await db.query<StoredImage & Record<string, unknown>>({
    text: `SELECT ${IMAGE_COLUMNS} FROM networks WHERE id = $1 AND image IS NOT NULL`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Puts a newly compiled image in the place of the one with hash `oldHash`. False when another was faster. */
export async function replaceImage(
  tx: Queryable,
  id: string,
  oldHash: string,
  made: Omit<NewNetwork, 'name' | 'sample' | 'rollCalendar'>,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `UPDATE networks SET rolled = $3, valid_from = $4, valid_to = $5, image_hash = $6, image_size = $7, image = $8,
             stats = $9, feeds = $10, stop_names = $11 WHERE id = $1 AND image_hash = $2`,
    values: [
      id,
      oldHash,
      made.rolled,
      made.validFrom,
      made.validTo,
      made.imageHash,
      made.imageSize,
      made.image,
      JSON.stringify(made.stats),
      JSON.stringify(made.feeds),
      made.stopNames,
    ],
  });
  return rowCount === 1;
}

export async function selectActiveId(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>({
    name: 'active network id',
    text: 'SELECT id FROM networks WHERE is_active',
  });
  return rows[0]?.id ?? null;
}

/** Answers whether the archive is new; then its parts are to follow. Call after {@link lockActivation}. */
export async function insertArchive(tx: Queryable, hash: string, size: number): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: 'INSERT INTO feed_archives (hash, size) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [hash, size],
  });
  return rowCount === 1;
}

export async function insertArchivePart(
  tx: Queryable,
  hash: string,
  position: number,
  bytes: Buffer,
): Promise<void> {
  await tx.query({
    text: 'INSERT INTO feed_archive_parts (hash, position, bytes) VALUES ($1, $2, $3)',
    values: [hash, position, bytes],
  });
}

export async function insertKeptFeeds(
  tx: Queryable,
  id: NetworkId,
  hashes: readonly string[],
): Promise<void> {
  await tx.query({
    text: `INSERT INTO network_feeds (network_id, position, hash)
           SELECT $1, n.position - 1, n.hash FROM unnest($2::text[]) WITH ORDINALITY AS n(hash, position)`,
    values: [id, hashes],
  });
}

export async function selectArchivePart(
  db: Queryable,
  hash: string,
  position: number,
): Promise<Buffer | null> {
  const { rows } = await db.query<{ bytes: Buffer }>({
    text: 'SELECT bytes FROM feed_archive_parts WHERE hash = $1 AND position = $2',
    values: [hash, position],
  });
  return rows[0]?.bytes ?? null;
}

/** Hashes of the feeds that a network keeps, in order. */
export async function selectKeptFeeds(db: Queryable, id: string): Promise<string[]> {
  const { rows } = await db.query<{ hash: string }>({
    text: 'SELECT hash FROM network_feeds WHERE network_id = $1 ORDER BY position',
    values: [id],
  });
  return rows.map(({ hash }) => hash);
}

export type { Database, Queryable };
