import type { Queryable } from '../../src/database/connect.ts';
import { newId } from '../../src/units/ids.ts';

export interface TripRows {
  readonly users: number;
  /** One trip each, the users by turns. `YYYY-MM-DD`. */
  readonly dates: readonly string[];
  /** A status that the clock or the user sets; PLANNED becomes what the legs say. */
  readonly status: string;
  /** Booked legs a trip. */
  readonly legs: number;
}

/** Users, trips with a route, and booked legs in a few statements, as many as a drill needs. Answers the trips' ids. */
export async function fillTrips(
  service: Queryable,
  { users, dates, status, legs }: TripRows,
): Promise<string[]> {
  const userIds = Array.from({ length: users }, () => newId());
  await service.query({
    text: `INSERT INTO users (id, email) SELECT id, id || '@example.org' FROM unnest($1::text[]) AS id`,
    values: [userIds],
  });
  const ids: string[] = [];
  for (let from = 0; from < dates.length; from += 5000) {
    const part = dates.slice(from, from + 5000);
    const tripIds = part.map(() => newId());
    ids.push(...tripIds);
    const owners = part.map((_, index) => userIds[(from + index) % users]);
    await service.query({
      text: INSERT_TRIPS,
      values: [tripIds, owners, part, status, JSON.stringify(routeOf(legs))],
    });
    if (legs > 0) await service.query({ text: INSERT_LEGS, values: [tripIds, owners, legs] });
  }
  return ids;
}

const place = (name: string, lat: number, lng: number): string =>
  JSON.stringify({ id: name, name, lat, lng });

const INSERT_TRIPS = `
  INSERT INTO trips (id, user_id, origin, destination, date, "time", status, selected_route)
  SELECT id, user_id, '${place('Noida', 28.5355, 77.391)}', '${place('Bengaluru', 12.9716, 77.5946)}', date, '08:00',
    $4::"TripStatus", CASE WHEN jsonb_array_length($5::jsonb -> 'legs') > 0 THEN $5::jsonb END
  FROM unnest($1::text[], $2::text[], $3::date[]) AS new (id, user_id, date)`;

const INSERT_LEGS = `
  INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode, is_booked, booked_at, platform, booking_ref, cost_minor)
  SELECT trip || '-' || leg, user_id, trip, leg, 'train', true, now(), 'IRCTC', 'PNR' || leg, 125000
  FROM unnest($1::text[], $2::text[]) AS new (trip, user_id), generate_series(0, $3::int - 1) AS leg`;

/** About 2 KB, as a route of few legs is. */
const routeOf = (legs: number) => ({
  id: 'route',
  legs: Array.from({ length: legs }, (_, index) => ({
    index,
    mode: 'train',
    from: { name: 'New Delhi', code: 'NDLS', lat: 28.6424, lng: 77.2206, zone: 'Asia/Kolkata' },
    to: { name: 'KSR Bengaluru', code: 'SBC', lat: 12.9784, lng: 77.5694, zone: 'Asia/Kolkata' },
    line: { id: `line-${index}`, name: '12628 Karnataka Express', operator: 'Indian Railways' },
    bookable: true,
  })),
});
