/** The five hot paths of the data layer, each as the bare statement and as the product's use case. */
import { setImmediate } from 'node:timers/promises';
import { AnalyticsWriter, trackSearchQuery } from '../../src/features/analytics/index.ts';
import { checkRateLimit } from '../../src/features/limits/index.ts';
import { cacheGeocode, getCachedGeocode } from '../../src/features/places/index.ts';
import { getUserTrips, markLegBooked } from '../../src/features/trips/index.ts';
import { newId } from '../../src/units/ids.ts';
import type { Contender } from '../rounds.ts';
import { type Contest, LEGS } from './contest.ts';
import { RAW_LIST } from './rawList.ts';

export const LANES = 50;
export const POOL = 20;

export interface HotPath {
  readonly name: string;
  readonly unit: string;
  /** Percent of raw. */
  readonly aim: number;
  readonly lanes?: number;
  prepare(contest: Contest): Promise<{ raw: Contender; product: Contender }>;
  finish?(): Promise<void>;
}

const any = (below: number): number => Math.floor(Math.random() * below);
const once = (work: () => Promise<unknown>): Contender => ({
  operate: async () => {
    await work();
    return 1;
  },
});

const KEYS = 10_000;
const RAW_LIMIT = `INSERT INTO rate_limits AS r (identifier, request_count, window_start) VALUES ($1, 1, clock_timestamp())
  ON CONFLICT (identifier) DO UPDATE SET
    request_count = CASE WHEN r.window_start <= clock_timestamp() - $3::int * interval '1 ms' THEN 1 ELSE r.request_count + 1 END,
    window_start = CASE WHEN r.window_start <= clock_timestamp() - $3::int * interval '1 ms' THEN clock_timestamp() ELSE r.window_start END
  WHERE r.request_count < $2 OR r.window_start <= clock_timestamp() - $3::int * interval '1 ms'
  RETURNING request_count, window_start`;
const rateLimit: HotPath = {
  name: 'rate limit, 10,000 keys',
  unit: 'checks/s',
  aim: 80,
  prepare: ({ app, raw }) =>
    Promise.resolve({
      raw: once(() => raw('limit', RAW_LIMIT, [`raw ${any(KEYS)}`, 100, 60_000])),
      product: once(() => checkRateLimit(app, `own ${any(KEYS)}`, 100, 60_000)),
    }),
};

const ADDRESSES = 20_000;
const geocode: HotPath = {
  name: 'geocode hit',
  unit: 'hits/s',
  aim: 80,
  prepare: async ({ app, service, raw }) => {
    await service.query({
      text: `INSERT INTO cached_geocodes (id, address, lat, lng, display_name, expires_at)
             SELECT 'g' || g, 'sector ' || g || ', noida', 28.5, 77.4, 'Noida', now() + interval '1 day' FROM generate_series(1, ${ADDRESSES}) g`,
    });
    await cacheGeocode(app, 'Sector 0, Noida', {
      lat: 28.5,
      lng: 77.4,
      displayName: 'Noida',
      city: null,
      state: null,
    });
    const text =
      'SELECT lat, lng, display_name, city, state, country FROM cached_geocodes WHERE address = $1 AND expires_at > now()';
    return {
      raw: once(() => raw('geocode', text, [`sector ${any(ADDRESSES)}, noida`])),
      product: once(() => getCachedGeocode(app, `Sector ${any(ADDRESSES)}, Noida`)),
    };
  },
};

const list: HotPath = {
  name: 'list of 20 trips with their legs',
  unit: 'lists/s',
  aim: 70,
  prepare: ({ app, raw, userIds }) =>
    Promise.resolve({
      raw: once(() => raw('list', RAW_LIST, [userIds[any(userIds.length)]])),
      product: once(() =>
        getUserTrips({ userId: userIds[any(userIds.length)]!, database: app }, { limit: 20 }),
      ),
    }),
};

const RAW_UPSERT = `INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode, is_booked, platform, booking_ref, booked_at, cost_minor)
  SELECT $6, t.user_id, t.id, $2, 'train', true, $3, $4, now(), $5 FROM trips t WHERE t.id = $1
  ON CONFLICT (trip_id, leg_index) DO UPDATE SET is_booked = true, platform = excluded.platform, booking_ref = excluded.booking_ref,
    booked_at = coalesce(booking_legs.booked_at, excluded.booked_at), cost_minor = excluded.cost_minor, updated_at = now()`;
const booking: HotPath = {
  name: 'leg upsert with status trigger',
  unit: 'bookings/s',
  aim: 70,
  prepare: ({ app, raw, tripIds, ownerOf }) =>
    Promise.resolve({
      raw: once(() =>
        raw('upsert', RAW_UPSERT, [tripIds[any(tripIds.length)], any(LEGS), 'IRCTC', 'PNR', 12_500, newId()]),
      ),
      product: once(() => {
        const index = any(tripIds.length);
        const caller = { userId: ownerOf(index), database: app };
        return markLegBooked(caller, tripIds[index]!, any(LEGS), {
          platform: 'IRCTC',
          bookingRef: 'PNR',
          cost: 12_500,
        });
      }),
    }),
};

const place = { id: '1', name: 'Noida', city: 'Noida', state: 'Uttar Pradesh', lat: 28.5355, lng: 77.391 };
const BATCH = 500;
const BATCHES = 4;
const RAW_BATCH = `INSERT INTO search_queries (id, user_id, origin, destination, stops, date, passengers, preference, routes_found,
    created_at, ip_hash, user_agent)
  SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[], $5::jsonb[], $6::date[], $7::int[], $8::"Preference"[],
    $9::int[], $10::timestamptz[], $11::text[], $12::text[])`;
let writer: AnalyticsWriter | undefined;
const analytics: HotPath = {
  name: 'analytics rows',
  unit: 'rows/s',
  aim: 80,
  lanes: 1,
  prepare: ({ service, raw, userIds }) => {
    const columns = (): unknown[][] => {
      const rows = Array.from({ length: BATCH }, () => newId());
      const user = (_: string, index: number): string => userIds[index % userIds.length]!;
      const same = (value: unknown): unknown[] => rows.map(() => value);
      const json = (): unknown[] => rows.map(() => JSON.stringify(place));
      return [
        rows,
        rows.map(user),
        json(),
        json(),
        same(null),
        same('2026-12-01'),
        same(1),
        same('BALANCED'),
        same(7),
        same(new Date().toISOString()),
        same(null),
        same('Mozilla/5.0'),
      ];
    };
    const own = new AnalyticsWriter(service, {
      secret: 'of the bench',
      onError: (error) => {
        throw error;
      },
    });
    writer = own;
    return Promise.resolve({
      raw: {
        // As many batches on their way as the product has.
        operate: async () => {
          await Promise.all(
            Array.from({ length: 2 }, async () => {
              for (let batch = 0; batch < BATCHES / 2; batch++) await raw('batch', RAW_BATCH, columns());
            }),
          );
          return BATCH * BATCHES;
        },
      },
      product: {
        operate: async () => {
          for (let row = 0; row < BATCH * BATCHES; row++) {
            trackSearchQuery(own, {
              userId: userIds[row % userIds.length]!,
              origin: place,
              destination: place,
              date: '2026-12-01',
              passengers: 1,
              preference: 'BALANCED',
              routesFound: 7,
              userAgent: 'Mozilla/5.0',
            });
            if (row % BATCH === BATCH - 1) await setImmediate(); // searches do not come all in one tick
          }
          await own.flush();
          return BATCH * BATCHES;
        },
      },
    });
  },
  finish: async () => {
    await writer?.close();
  },
};

export const hotPaths: readonly HotPath[] = [rateLimit, geocode, list, booking, analytics];
