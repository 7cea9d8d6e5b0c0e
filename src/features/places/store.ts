import type { Queryable } from '../../database/connect.ts';
import { newId } from '../../units/ids.ts';

export type { Queryable };

export interface GeocodeRow {
  readonly lat: number;
  readonly lng: number;
  readonly displayName: string;
  readonly city: string | null;
  readonly state: string | null;
  readonly country: string;
}

export async function selectGeocode(db: Queryable, address: string): Promise<GeocodeRow | null> {
  const { rows } = await db.query<GeocodeRow & Record<string, unknown>>({
    name: 'select_geocode',
    text: `SELECT lat, lng, display_name AS "displayName", city, state, country FROM cached_geocodes
           WHERE address = $1 AND expires_at > clock_timestamp()`,
    values: [address],
  });
  return rows[0] ?? null;
}

/** Writes or renews. `ttlSeconds` counts from now on the database's clock. */
export async function upsertGeocode(
  db: Queryable,
  address: string,
  place: GeocodeRow,
  ttlSeconds: number,
): Promise<void> {
  await db.query({
    name: 'upsert_geocode',
    text: `INSERT INTO cached_geocodes (id, address, lat, lng, display_name, city, state, country, created_at, expires_at)
           SELECT $1, $2, $3, $4, $5, $6, $7, $8, now, now + $9::int * interval '1 second' FROM clock_timestamp() AS now
           ON CONFLICT (address) DO UPDATE SET lat = excluded.lat, lng = excluded.lng,
             display_name = excluded.display_name, city = excluded.city, state = excluded.state,
             country = excluded.country, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    values: [
      newId(),
      address,
      place.lat,
      place.lng,
      place.displayName,
      place.city,
      place.state,
      place.country,
      ttlSeconds,
    ],
  });
}

export interface GeocodeCacheRow {
  readonly rows: number;
  readonly expired: number;
  readonly bytes: number;
  readonly oldestAt: Date | null;
  readonly newestAt: Date | null;
}

export async function selectGeocodeCache(db: Queryable): Promise<GeocodeCacheRow> {
  const { rows } = await db.query<GeocodeCacheRow & Record<string, unknown>>({
    name: 'state of geocode cache',
    text: `
      SELECT count(*) AS rows, count(*) FILTER (WHERE expires_at <= clock_timestamp()) AS expired,
        pg_total_relation_size('cached_geocodes') AS bytes, min(created_at) AS "oldestAt", max(created_at) AS "newestAt"
      FROM cached_geocodes`,
  });
  return rows[0]!;
}
