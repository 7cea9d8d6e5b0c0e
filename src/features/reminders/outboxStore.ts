/** What becomes of a reminder that is due. All as rs_service; leases are judged by the database's clock. */
import type { Writable } from 'node:stream';
import type pg from 'pg';
import type { Queryable } from '../../database/connect.ts';
import type { ReminderKind } from './contract.ts';

export interface Claim extends Record<string, unknown> {
  readonly id: string;
  readonly claimId: string;
  readonly userId: string;
  readonly tripId: string;
  readonly kind: ReminderKind;
  readonly legKey: string;
  readonly legIndex: number;
  readonly eventAt: Date;
  readonly useUntil: Date;
  /** This one included. */
  readonly attempts: number;
}

/** Takes the reminder that has been due for longest; null when none is. */
export async function claimNext(
  db: Queryable,
  claimId: string,
  now: Date,
  leaseSeconds: number,
): Promise<Claim | null> {
  const { rows } = await db.query<Claim>({
    name: 'claim reminder',
    text: `UPDATE reminders SET state = 'CLAIMED', claim_id = $1, claimed_until = now() + make_interval(secs => $3),
             attempts = attempts + 1
           WHERE id = (SELECT id FROM reminders WHERE state = 'WAITING' AND due_at <= $2 AND use_until > $2
                       ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING id, claim_id AS "claimId", user_id AS "userId", trip_id AS "tripId", kind::text, leg_key AS "legKey",
             leg_index AS "legIndex", event_at AS "eventAt", use_until AS "useUntil", attempts`,
    values: [claimId, now, leaseSeconds],
  });
  return rows[0] ?? null;
}

/** Back to those that wait, for now or for later, before or after the last dot: who calls knows that it is no mail. */
export async function giveBack(
  db: Queryable,
  { id, claimId }: Pick<Claim, 'id' | 'claimId'>,
  dueAt: Date | null = null,
): Promise<void> {
  await db.query({
    name: 'give reminder back',
    text: `UPDATE reminders SET state = 'WAITING', claim_id = NULL, claimed_until = NULL, handing_at = NULL, sent_at = NULL,
             settled_at = NULL, due_at = least(coalesce($3, due_at), use_until)
           WHERE id = $1 AND claim_id = $2 AND state IN ('CLAIMED', 'HANDING', 'SENT')`,
    values: [id, claimId, dueAt],
  });
}

/** Ends it without a mail. `answer`: of the mail server that will never take it. */
export async function endWithout(
  db: Queryable,
  { id, claimId }: Pick<Claim, 'id' | 'claimId'>,
  state: 'SKIPPED' | 'MISSED' | 'FAILED',
  answer: string | null = null,
): Promise<void> {
  await db.query({
    name: 'end reminder without mail',
    text: `UPDATE reminders SET state = $3::"ReminderState", answer = $4, sent_at = NULL
           WHERE id = $1 AND claim_id = $2 AND state IN ('CLAIMED', 'HANDING', 'SENT')`,
    values: [id, claimId, state, answer],
  });
}

/** Before the last dot, and kept whatever happens: false when the claim is somebody else's by now. */
export async function markHanding(client: pg.ClientBase, { id, claimId }: Claim): Promise<boolean> {
  const { rowCount } = await client.query({
    text: `UPDATE reminders SET state = 'HANDING', handing_at = clock_timestamp()
           WHERE id = $1 AND claim_id = $2 AND state = 'CLAIMED'`,
    values: [id, claimId],
  });
  return rowCount === 1;
}

/** Begins a transaction that holds the row: whoever sweeps passes over it as long as this connection lives. */
export async function lockHanding(client: pg.ClientBase, { id, claimId }: Claim): Promise<boolean> {
  await client.query('BEGIN');
  const { rowCount } = await client.query({
    text: `SELECT FROM reminders WHERE id = $1 AND claim_id = $2 AND state = 'HANDING' FOR UPDATE`,
    values: [id, claimId],
  });
  return rowCount === 1;
}

export interface Note {
  /** Sends it: one system call. */
  readonly write: () => void;
  /** Whether it is kept. */
  readonly kept: Promise<boolean>;
}

/**
 * The note that the last dot is being written, which ends the transaction of {@link lockHanding}: made, and held back
 * until `write`. One message, so that the server has all of it or nothing.
 */
export function noteSent(client: pg.ClientBase, { id, claimId }: Claim): Note {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  const noted = client.query(
    `UPDATE reminders SET state = 'SENT', sent_at = clock_timestamp()
     WHERE id = ${client.escapeLiteral(id)} AND claim_id = ${client.escapeLiteral(claimId)}; COMMIT`,
  ) as unknown as Promise<pg.QueryResult[]>;
  const kept = noted.then(
    (results) => results.at(-1)?.command === 'COMMIT',
    () => false,
  );
  return { write: () => stream.uncork(), kept };
}

/** The same afterwards, when {@link noteSent} was not kept: by the process that wrote the dot, and so knows. */
export async function noteSentLate(db: Queryable, { id, claimId }: Claim): Promise<void> {
  await db.query({
    name: 'note reminder sent late',
    text: `UPDATE reminders SET state = 'SENT', sent_at = now() WHERE id = $1 AND claim_id = $2 AND state = 'HANDING'`,
    values: [id, claimId],
  });
}

const SETTLE = `
UPDATE booking_legs b SET reminder_sent = true, remind_at =
  (SELECT min(w.due_at) FROM reminders w WHERE w.trip_id = b.trip_id AND w.leg_key = b.id AND w.state = 'WAITING')
FROM done WHERE b.user_id = done.user_id AND b.trip_id = done.trip_id
  AND (b.id = done.leg_key OR done.leg_key = 'leave' AND b.leg_index = done.leg_index)`;

/** Marks the leg of a reminder that went out. `answer`: of the mail server; null: not heard. */
export async function settle(db: Queryable, { id }: Pick<Claim, 'id'>, answer: string | null): Promise<void> {
  await db.query({
    name: 'settle reminder',
    text: `WITH done AS (UPDATE reminders SET settled_at = now(), answer = $2 WHERE id = $1 AND state = 'SENT'
                         RETURNING user_id, trip_id, leg_key, leg_index)${SETTLE}`,
    values: [id, answer],
  });
}

export interface Swept extends Record<string, unknown> {
  /** Taken back from processes that are gone. */
  readonly takenBack: number;
  /** Not sent while they were of use. */
  readonly missed: number;
  /** Sent by processes that did not live to hear the answer. */
  readonly unheard: number;
}

/**
 * Takes up what processes that are gone have left. A mail without its last dot is none, so a claim is free again when
 * its time is over. Of one in HANDING the dot was not written either, for the note of it is written first and reaches a
 * server that lives; but if this server was started since, the note may be lost and the mail gone out: then it is not
 * sent again.
 */
export async function sweep(db: Queryable, now: Date, leaseSeconds: number): Promise<Swept> {
  const { rows } = await db.query<Swept>({
    name: 'sweep reminders',
    text: `WITH late AS (
             SELECT id, state = 'HANDING' AND handing_at <= pg_postmaster_start_time() AS uncertain FROM reminders
             WHERE state IN ('CLAIMED', 'HANDING') AND claimed_until < now() FOR UPDATE SKIP LOCKED
           ), freed AS (
             UPDATE reminders r SET state = 'WAITING', claim_id = NULL, claimed_until = NULL, handing_at = NULL
             FROM late WHERE r.id = late.id AND NOT uncertain RETURNING 1
           ), closed AS (
             UPDATE reminders r SET state = 'SENT', sent_at = r.handing_at, settled_at = now()
             FROM late WHERE r.id = late.id AND uncertain RETURNING r.user_id, r.trip_id, r.leg_key, r.leg_index
           ), missed AS (
             UPDATE reminders SET state = 'MISSED' WHERE id IN (
               SELECT id FROM reminders WHERE state = 'WAITING' AND due_at <= $1 AND use_until <= $1 FOR UPDATE SKIP LOCKED)
             RETURNING 1
           ), settled AS (
             UPDATE reminders SET settled_at = now() WHERE id IN (
               SELECT id FROM reminders WHERE state = 'SENT' AND settled_at IS NULL
                 AND sent_at < now() - make_interval(secs => $2) FOR UPDATE SKIP LOCKED)
             RETURNING user_id, trip_id, leg_key, leg_index
           ), done AS (SELECT * FROM closed UNION ALL SELECT * FROM settled), legs AS (${SETTLE} RETURNING 1)
           SELECT (SELECT count(*) FROM freed) AS "takenBack", (SELECT count(*) FROM missed) AS missed,
             (SELECT count(*) FROM done) AS unheard, (SELECT count(*) FROM legs) AS legs`,
    values: [now, leaseSeconds],
  });
  return rows[0]!;
}

/** What was due by now and has not been sent, as far as this database knows, is not sent any more. How many. */
export async function missWhatIsDue(db: Queryable, now: Date): Promise<number> {
  const { rowCount } = await db.query({
    text: `UPDATE reminders SET state = 'MISSED' WHERE state IN ('WAITING', 'CLAIMED', 'HANDING') AND due_at <= $1`,
    values: [now],
  });
  return rowCount ?? 0;
}

interface HealthRow extends Record<string, unknown> {
  readonly waiting: number;
  readonly due: number;
  readonly lagSeconds: number;
  readonly sent: number;
  readonly unheard: number;
  readonly failed: number;
  readonly missed: number;
}

export async function selectHealth(db: Queryable, now: Date): Promise<HealthRow> {
  const { rows } = await db.query<HealthRow>({
    name: 'health of reminders',
    text: `SELECT count(*) FILTER (WHERE state = 'WAITING') AS waiting,
             count(*) FILTER (WHERE state = 'WAITING' AND due_at <= $1) AS due,
             coalesce(extract(epoch FROM $1::timestamptz - min(due_at) FILTER (WHERE state = 'WAITING' AND due_at <= $1)), 0)::float8 AS "lagSeconds",
             count(*) FILTER (WHERE state = 'SENT') AS sent,
             count(*) FILTER (WHERE state = 'SENT' AND answer IS NULL AND settled_at IS NOT NULL) AS unheard,
             count(*) FILTER (WHERE state = 'FAILED') AS failed,
             count(*) FILTER (WHERE state = 'MISSED') AS missed
           FROM (SELECT * FROM reminders WHERE state = 'WAITING'
                 UNION ALL SELECT * FROM reminders WHERE state <> 'WAITING' AND due_at > $1::timestamptz - interval '1 day' AND due_at <= $1) AS r`,
    values: [now],
  });
  return rows[0]!;
}
