import type { Database, Queryable } from '../../database/connect.ts';
import type { Notice } from '../../gtfs/notice.ts';
import { newId, type NetworkId } from '../../units/ids.ts';
import type { Network, NetworkFeed, NetworkNotice, NetworkStats } from './contract.ts';

/** PostgreSQL announces the id of a network on this channel when it becomes active (trigger on `networks`). */
export const ACTIVATED_CHANNEL = 'network_activated';

export interface NewNetwork {
  readonly name: string;
  readonly sample: boolean;
  readonly rolled: boolean;
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly imageHash: string;
  readonly imageSize: number;
  /** Compressed. */
  readonly image: Buffer;
  readonly stats: NetworkStats;
  readonly feeds: readonly NetworkFeed[];
}

export async function insertNetwork(tx: Queryable, network: NewNetwork): Promise<NetworkId> {
  const id = newId<NetworkId>();
  await tx.query({
    text: `INSERT INTO networks (id, name, sample, rolled, valid_from, valid_to, image_hash, image_size, image, stats, feeds)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      id,
      network.name,
      network.sample,
      network.rolled,
      network.validFrom,
      network.validTo,
      network.imageHash,
      network.imageSize,
      network.image,
      JSON.stringify(network.stats),
      JSON.stringify(network.feeds),
    ],
  });
  return id;
}

const NOTICES_PER_STATEMENT = 2000;

export async function insertNotices(tx: Queryable, id: NetworkId, notices: readonly Notice[]): Promise<void> {
  for (let from = 0; from < notices.length; from += NOTICES_PER_STATEMENT) {
    const part = notices.slice(from, from + NOTICES_PER_STATEMENT);
    await tx.query({
      text: `INSERT INTO network_notices (id, network_id, severity, code, feed, file, row_number, column_name, value, message)
             SELECT n.id, $1, n.severity, n.code, n.feed, nullif(n.file, ''), n.row_number, n.column_name, n.value, n.message
             FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::text[])
               AS n(id, severity, code, feed, file, row_number, column_name, value, message)`,
      values: [
        id,
        part.map(() => newId()),
        part.map((notice) => notice.severity),
        part.map((notice) => notice.code),
        part.map((notice) => notice.feed),
        part.map((notice) => notice.file),
        part.map((notice) => notice.row),
        part.map((notice) => notice.column),
        part.map((notice) => notice.value),
        part.map((notice) => notice.message),
      ],
    });
  }
}

/** Changes of the active network wait for each other until their transactions end. */
export async function lockActivation(tx: Queryable): Promise<void> {
  await tx.query({ text: `SELECT pg_advisory_xact_lock(hashtext('routestitch network activation'))` });
}

/** Call after {@link lockActivation}. False when the network is gone. */
export async function setActive(tx: Queryable, id: NetworkId): Promise<boolean> {
  await tx.query({
    text: 'UPDATE networks SET is_active = false WHERE is_active AND id <> $1',
    values: [id],
  });
  const { rowCount } = await tx.query({
    text: 'UPDATE networks SET is_active = true, activated_at = now() WHERE id = $1',
    values: [id],
  });
  return rowCount === 1;
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
  sample: boolean;
  rolled: boolean;
  valid_from: string;
  valid_to: string;
  image_size: number;
  stored_bytes: number;
  stats: NetworkStats;
  feeds: NetworkFeed[];
  created_at: Date;
  activated_at: Date | null;
}

const NETWORK_COLUMNS = `id, name, is_active, sample, rolled, valid_from::text, valid_to::text, image_size,
  length(image) AS stored_bytes, stats, feeds, created_at, activated_at`;

/** Active first, then the newest. */
export async function selectNetworks(db: Queryable): Promise<Network[]> {
  const { rows } = await db.query<NetworkRow>({
    text: `SELECT ${NETWORK_COLUMNS} FROM networks ORDER BY is_active DESC, created_at DESC, id`,
  });
  return rows.map(networkOf);
}

export async function selectNetwork(db: Queryable, id: string): Promise<Network | null> {
  const { rows } = await db.query<NetworkRow>({
    text: `SELECT ${NETWORK_COLUMNS} FROM networks WHERE id = $1`,
    values: [id],
  });
  return rows[0] ? networkOf(rows[0]) : null;
}

const networkOf = (row: NetworkRow): Network => ({
  id: row.id,
  name: row.name,
  isActive: row.is_active,
  sample: row.sample,
  rolled: row.rolled,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  imageBytes: row.image_size,
  storedBytes: row.stored_bytes,
  stats: row.stats,
  feeds: row.feeds,
  createdAt: row.created_at.toISOString(),
  activatedAt: row.activated_at?.toISOString() ?? null,
});

export interface NoticeFilter {
  readonly severity?: string;
  readonly code?: string;
  readonly limit?: number;
}

/** Errors first, then by code, file and line. */
export async function selectNotices(
  db: Queryable,
  id: string,
  filter: NoticeFilter,
): Promise<NetworkNotice[]> {
  const { rows } = await db.query<
    Omit<NetworkNotice, 'row' | 'column'> & { row_number: number; column_name: string }
  >({
    text: `SELECT severity, code, feed, file, row_number, column_name, value, message FROM network_notices
           WHERE network_id = $1 AND ($2::text IS NULL OR severity = $2) AND ($3::text IS NULL OR code = $3)
           ORDER BY array_position(ARRAY['ERROR', 'WARNING', 'INFO'], severity), code, feed, file, row_number NULLS FIRST, id
           LIMIT $4`,
    values: [id, filter.severity ?? null, filter.code ?? null, filter.limit ?? null],
  });
  return rows.map(({ row_number: row, column_name: column, ...notice }) => ({ ...notice, row, column }));
}

export interface StoredImage {
  readonly id: string;
  readonly name: string;
  readonly sample: boolean;
  readonly rolled: boolean;
  readonly validFrom: string;
  readonly validTo: string;
  readonly imageHash: string;
  readonly imageSize: number;
  readonly image: Buffer;
}

const IMAGE_COLUMNS = `id, name, sample, rolled, valid_from::text AS "validFrom", valid_to::text AS "validTo",
  image_hash AS "imageHash", image_size AS "imageSize", image`;

export async function selectActiveImage(db: Queryable): Promise<StoredImage | null> {
  const { rows } = await db.query<StoredImage & Record<string, unknown>>({
    text: `SELECT ${IMAGE_COLUMNS} FROM networks WHERE is_active`,
  });
  return rows[0] ?? null;
}

export async function selectImage(db: Queryable, id: string): Promise<StoredImage | null> {
  const { rows } = await db.query<StoredImage & Record<string, unknown>>({
    text: `SELECT ${IMAGE_COLUMNS} FROM networks WHERE id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function selectActiveId(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>({
    name: 'active network id',
    text: 'SELECT id FROM networks WHERE is_active',
  });
  return rows[0]?.id ?? null;
}

export type { Database, Queryable };
