/** Writes of a client that loses its connection again and again, and what must be true of them afterwards. */
import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { route, tripInput } from '../support/trips.ts';

/** A booking of a leg of a trip that is there, or a trip with its route. */
export interface Write {
  readonly index: number;
  readonly kind: 'booking' | 'trip';
  readonly cookie: string;
  /** Of bookings. */
  readonly tripId: string;
  readonly legIndex: number;
  /** Sent once and given up; the others are repeated with their key until they are answered. */
  readonly once: boolean;
}

export interface Outcome {
  /** The answer of a success, as text; null: none came. */
  answer: string | null;
  attempts: number;
  /** The first answer was a replay: an attempt before had been written, and its answer lost. */
  replayed: boolean;
}

const PAUSE_MS = 60;
const PATIENCE_MS = 180_000;
/** The server is away, busy, or still at work on an attempt before. */
const again = new Set([409, 429, 500, 502, 503]);

export const tagOf = ({ index }: Write): string => `crash ${index}`;

const requestOf = (write: Write): { method: string; path: string; body: unknown } =>
  write.kind === 'booking'
    ? {
        method: 'PUT',
        path: `/api/v1/trips/${write.tripId}/legs/${write.legIndex}/booking`,
        body: { platform: 'IRCTC', bookingRef: tagOf(write), cost: 100_000 + write.index },
      }
    : {
        method: 'POST',
        path: '/api/v1/trips',
        body: tripInput({
          origin: { ...(tripInput().origin as object), displayName: tagOf(write) } as never,
          selectedRoute: route(),
        }),
      };

/** One attempt: its answer, or null when it must be made again. Throws when the answer is one that must not be. */
export async function attempt(
  base: string,
  write: Write,
): Promise<{ text: string; replayed: boolean } | null> {
  const { method, path, body } = requestOf(write);
  let response: Response;
  let text: string;
  try {
    response = await fetch(base + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        'idempotency-key': tagOf(write).replace(' ', '-'),
        cookie: write.cookie,
        'x-forwarded-for': `10.1.${write.index >> 8}.${write.index & 255}`,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    text = await response.text();
  } catch {
    return null; // refused, reset, cut off
  }
  if (response.ok) return { text, replayed: response.headers.get('Idempotency-Replayed') === 'true' };
  if (again.has(response.status)) return null;
  throw new Error(`${tagOf(write)}: ${response.status} ${text}`);
}

/** Sends a write until it is answered, or once. `base`: where the server is now. */
export async function send(base: () => string, write: Write, outcome: Outcome): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    outcome.attempts++;
    const answer = await attempt(base(), write);
    if (answer) {
      outcome.answer = answer.text;
      outcome.replayed = answer.replayed;
      return;
    }
    if (write.once) return;
    if (Date.now() > deadline) throw new Error(`${tagOf(write)} was not answered in three minutes`);
    await sleep(PAUSE_MS);
  }
}

export interface Stored {
  /** Ids of trips by tag. */
  readonly trips: ReadonlyMap<string, readonly string[]>;
  /** Booked legs by tag, as `trip leg cost`. */
  readonly legs: ReadonlyMap<string, readonly string[]>;
  /** Trips and leg indexes that are there more than once. */
  readonly duplicates: readonly string[];
  /** Trips whose status is not what their legs say. */
  readonly wrongStatus: readonly string[];
}

/** What the database holds of the writes; `client`: a superuser's. */
export async function readStored(client: pg.ClientBase): Promise<Stored> {
  const grouped = async (text: string): Promise<Map<string, string[]>> => {
    const { rows } = await client.query<{ tag: string; found: string }>(text);
    const map = new Map<string, string[]>();
    for (const { tag, found } of rows) map.set(tag, [...(map.get(tag) ?? []), found]);
    return map;
  };
  const names = async (text: string) =>
    (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);
  return {
    trips: await grouped(
      `SELECT origin ->> 'displayName' AS tag, id AS found FROM trips WHERE origin ->> 'displayName' LIKE 'crash %'`,
    ),
    legs: await grouped(
      `SELECT booking_ref AS tag, concat_ws(' ', trip_id, leg_index, cost_minor) AS found FROM booking_legs
       WHERE is_booked AND booked_at IS NOT NULL AND booking_ref LIKE 'crash %'`,
    ),
    duplicates: await names(
      `SELECT trip_id || ' ' || leg_index AS name FROM booking_legs GROUP BY trip_id, leg_index HAVING count(*) > 1`,
    ),
    wrongStatus: await names(
      `SELECT id AS name FROM trips WHERE status IN ('PLANNED', 'PARTIALLY_BOOKED', 'FULLY_BOOKED')
         AND status <> derived_trip_status(id, bookable_legs)`,
    ),
  };
}

/** One line per write that is lost, doubled or something else than it was answered to be. */
export function crashFaults(
  writes: readonly Write[],
  outcomes: readonly Outcome[],
  stored: Stored,
): string[] {
  const faults = [
    ...stored.duplicates.map((name) => `leg ${name} is there twice`),
    ...stored.wrongStatus.map((name) => `trip ${name} has a status that its legs do not say`),
  ];
  for (const write of writes) {
    const tag = tagOf(write);
    const found = (write.kind === 'trip' ? stored.trips : stored.legs).get(tag) ?? [];
    const { answer } = outcomes[write.index]!;
    if (found.length > 1) faults.push(`${tag}: ${found.length} ${write.kind}s`);
    if (answer === null) continue; // none or one
    if (found.length === 0) faults.push(`${tag}: acknowledged and lost`);
    else if (found[0] !== expectedOf(write, answer)) faults.push(`${tag}: ${found[0]} instead of ${answer}`);
  }
  return faults;
}

function expectedOf(write: Write, answer: string): string {
  const body = JSON.parse(answer) as { id: string; cost: number };
  return write.kind === 'trip' ? body.id : `${write.tripId} ${write.legIndex} ${body.cost}`;
}
