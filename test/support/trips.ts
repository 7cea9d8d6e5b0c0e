/** Travellers and trips for tests, on a real database. */
import type { Caller } from '../../src/database/caller.ts';
import type { KeptRoute, TripInput } from '../../src/features/trips/index.ts';
import { newId } from '../../src/units/ids.ts';
import type { TestDatabase } from './database.ts';

/** The document's own places. */
export const noida = {
  id: '1',
  name: 'Noida',
  city: 'Noida',
  state: 'Uttar Pradesh',
  lat: 28.5355,
  lng: 77.391,
};
export const bangalore = {
  id: '2',
  name: 'Bangalore',
  city: 'Bangalore',
  state: 'Karnataka',
  lat: 12.9716,
  lng: 77.5946,
};

/** The document's `tripData`: the seed trip, with the preference as its pages write it. */
export const tripInput = (changes: Partial<TripInput> = {}): TripInput => ({
  origin: noida,
  destination: bangalore,
  date: '2026-12-15',
  time: '08:00',
  passengers: 2,
  preference: 'balanced',
  ...changes,
});

/** Legs 1, 2 and 4 are booked; 0 is a walk and 3 a metro ride without a ticket to book. */
export const route = (date = '2026-12-15', train = '22692'): KeptRoute => ({
  id: `route ${date} ${train}`,
  departure: `${date}T07:40+05:30`,
  arrival: nextDay(date, 'T14:10+05:30'),
  legs: [
    { mode: 'walk', bookable: false, departure: `${date}T07:40+05:30`, arrival: `${date}T07:50+05:30` },
    { mode: 'taxi', bookable: true, departure: `${date}T07:50+05:30`, arrival: `${date}T08:50+05:30` },
    {
      mode: 'train',
      bookable: true,
      departure: `${date}T09:30+05:30`,
      arrival: nextDay(date, 'T12:40+05:30'),
      run: { id: train, serviceDate: date },
      from: { stopId: 'NZM' },
      to: { stopId: 'SBC' },
    },
    { mode: 'metro', bookable: false, departure: nextDay(date, 'T13:00+05:30') },
    { mode: 'auto', departure: nextDay(date, 'T13:40+05:30'), arrival: nextDay(date, 'T14:10+05:30') },
  ],
});

const nextDay = (date: string, time: string): string =>
  new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10) + time;

/** A new user and their connection as rs_app. */
export async function newCaller(db: TestDatabase): Promise<Caller> {
  const userId = newId();
  await db.service.query({
    text: 'INSERT INTO users (id, email) VALUES ($1, $2)',
    values: [userId, `${userId}@test.com`],
  });
  return { userId, database: db.app };
}
