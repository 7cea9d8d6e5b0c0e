/** Trips of verified travellers that have reminders. */
import type { Caller } from '../../src/database/caller.ts';
import { createTrip, type KeptRoute } from '../../src/features/trips/index.ts';
import { newId } from '../../src/units/ids.ts';
import type { TestDatabase } from './database.ts';
import { tripInput } from './trips.ts';

const place = (name: string, code: string, zone = 'Asia/Kolkata') => ({
  name,
  code,
  city: null,
  stopId: code,
  lat: 20,
  lng: 77,
  zone,
});

/** One overnight train in sleeper class, by the clock of India. */
export const trainRoute = (date: string, time = '20:05'): KeptRoute => ({
  departure: `${date}T${time}+05:30`,
  arrival: new Date(Date.parse(`${date}T${time}+05:30`) + 12 * 3_600_000).toISOString(),
  legs: [
    {
      mode: 'train',
      bookable: true,
      from: place('Hazrat Nizamuddin', 'NZM'),
      to: place('KSR Bengaluru', 'SBC'),
      departure: `${date}T${time}+05:30`,
      arrival: new Date(Date.parse(`${date}T${time}+05:30`) + 12 * 3_600_000).toISOString(),
      line: {
        id: 'l',
        name: '22692 Rajdhani',
        number: '22692',
        operator: null,
        headsign: null,
        color: null,
      },
      run: { id: '22692', serviceDate: date },
      price: { classCode: 'SL' },
    },
  ],
});

/** One bus that leaves at an instant and takes two hours. */
export const busRoute = (departure: number): KeptRoute => {
  const [leaves, arrives] = [departure, departure + 2 * 3_600_000].map((at) => new Date(at).toISOString());
  const leg = { mode: 'bus', bookable: true, departure: leaves, arrival: arrives };
  return { departure: leaves, arrival: arrives, legs: [leg] };
};

/** A user whose address is proved theirs. */
export async function newTraveller(db: TestDatabase, email?: string): Promise<Caller & { email: string }> {
  const userId = newId();
  const address = email ?? `${userId}@example.org`;
  await db.service.query({
    text: 'INSERT INTO users (id, email, email_verified) VALUES ($1, $2, now())',
    values: [userId, address],
  });
  return { userId, database: db.app, email: address };
}

/** Saves a trip by {@link trainRoute} as if at `savedAt`; answers its id. */
export async function saveTrip(
  db: TestDatabase,
  caller: Caller,
  date: string,
  { time = '20:05', savedAt }: { readonly time?: string; readonly savedAt: string },
): Promise<string> {
  const { id } = await createTrip(caller, tripInput({ date, time, selectedRoute: trainRoute(date, time) }));
  await db.service.query({
    text: 'UPDATE trips SET created_at = $2, updated_at = $2 WHERE id = $1',
    values: [id, savedAt],
  });
  return id;
}

/** Verified users with a trip each, by {@link trainRoute}, in a few statements. Answers their addresses. */
export async function manyTravellers(
  db: TestDatabase,
  count: number,
  date: string,
  savedAt: string,
): Promise<string[]> {
  const userIds = Array.from({ length: count }, () => newId());
  const tripIds = userIds.map(() => newId());
  await db.service.query({
    text: `INSERT INTO users (id, email, email_verified) SELECT id, id || '@example.org', now() FROM unnest($1::text[]) AS id`,
    values: [userIds],
  });
  await db.service.query({
    text: `INSERT INTO trips (id, user_id, origin, destination, date, "time", selected_route, created_at, updated_at)
           SELECT trip, u, $5, $5, $3, '20:05', $4, $6, $6 FROM unnest($1::text[], $2::text[]) AS new (trip, u)`,
    values: [
      tripIds,
      userIds,
      date,
      JSON.stringify(trainRoute(date)),
      JSON.stringify({ id: '1', name: 'Noida', lat: 28.5, lng: 77.4 }),
      savedAt,
    ],
  });
  await db.service.query({
    text: `INSERT INTO booking_legs (id, user_id, trip_id, leg_index, mode)
           SELECT leg, u, trip, 0, 'train' FROM unnest($1::text[], $2::text[], $3::text[]) AS new (leg, trip, u)`,
    values: [userIds.map(() => newId()), tripIds, userIds],
  });
  return userIds.map((id) => `${id}@example.org`);
}
