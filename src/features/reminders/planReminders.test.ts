import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { newTraveller, saveTrip, trainRoute } from '../../../test/support/reminders.ts';
import { tripInput } from '../../../test/support/trips.ts';
import type { Caller } from '../../database/caller.ts';
import { eraseUser, updateProfile } from '../accounts/index.ts';
import { archiveOldTrips, restoreArchivedTrip } from '../maintenance/index.ts';
import {
  cancelTrip,
  createTrip,
  getTrip,
  markLegBooked,
  unbookLeg,
  uncancelTrip,
  updateTrip,
} from '../trips/index.ts';
import { asEpochDay, parseDate } from '../../units/time.ts';
import { listReminders, planReminders } from './index.ts';

const SAVED = '2026-11-30T12:00:00Z';
let db: TestDatabase;
let asha: Caller;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());
beforeEach(async () => {
  await db.service.query({ text: 'DELETE FROM users' });
  asha = await newTraveller(db);
});

const at = (instant = SAVED): Date => new Date(instant);
const plan = (instant?: string) => planReminders(db.service, at(instant));
const listed = async (who = asha, instant?: string): Promise<string[]> =>
  (await listReminders(who, at(instant))).map(
    ({ kind, dueAt, state }) => `${kind} ${dueAt.slice(0, 16)} ${state}`,
  );
const all = [
  'BOOKING_OPENS 2026-12-21T12:30 WAITING',
  'NOT_BOOKED 2027-02-17T03:30 WAITING',
  'TATKAL_OPENS 2027-02-18T15:30 WAITING',
  'LEAVE 2027-02-20T13:35 WAITING',
];

test('a saved trip is planned once; planning again and again changes nothing', async () => {
  const id = await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  assert.deepEqual(await plan(), { trips: 1, reminders: 4 });
  assert.deepEqual(await listed(), all);
  assert.deepEqual(await plan(), { trips: 0, reminders: 0 });
  const [leg] = (await getTrip(asha, id)).bookingLegs;
  assert.equal(leg?.remindAt, '2026-12-21T12:30:00.000Z');
  await db.service.query({ text: 'UPDATE trips SET reminders_planned_at = NULL' });
  assert.deepEqual(await plan(), { trips: 1, reminders: 0 });
  assert.deepEqual(await listed(), all);
});

test('what the traveller had in mind when saving is not reminded of; what opens soon is', async () => {
  await saveTrip(db, asha, '2027-02-20', { savedAt: '2027-02-18T12:00:00Z' });
  await plan('2027-02-18T12:01:00Z');
  assert.deepEqual(await listed(asha, '2027-02-18T12:01:00Z'), all.slice(2));
  const late = await newTraveller(db);
  await saveTrip(db, late, '2027-02-20', { savedAt: '2027-02-20T14:00:00Z' });
  await plan('2027-02-20T14:01:00Z');
  assert.deepEqual(await listed(late, '2027-02-20T14:01:00Z'), []);
});

test('another date makes other reminders; those that were sent stay sent', async () => {
  const id = await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await plan();
  await db.service.query({
    text: `UPDATE reminders SET state = 'SENT', sent_at = now(), settled_at = now() WHERE kind = 'BOOKING_OPENS'`,
  });
  await updateTrip(asha, id, { date: '2027-02-21', selectedRoute: trainRoute('2027-02-21') });
  await plan();
  const moved = [
    'BOOKING_OPENS 2026-12-21T12:30 SENT',
    'BOOKING_OPENS 2026-12-22T12:30 WAITING',
    'NOT_BOOKED 2027-02-18T03:30 WAITING',
    'TATKAL_OPENS 2027-02-19T15:30 WAITING',
    'LEAVE 2027-02-21T13:35 WAITING',
  ];
  assert.deepEqual(await listed(), moved);
  await updateTrip(asha, id, { date: '2027-02-20', selectedRoute: trainRoute('2027-02-20') });
  await plan();
  assert.equal(
    (await listed()).filter((line) => line.startsWith('BOOKING_OPENS')).length,
    2,
    'a new train, a new leg',
  );
});

test('a booked leg’s are not shown; taken back they are', async () => {
  const id = await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await plan();
  await markLegBooked(asha, id, 0, {});
  await plan();
  assert.deepEqual(await listed(), all.slice(3));
  await unbookLeg(asha, id, 0);
  assert.deepEqual(await listed(), all);
});

test('a cancelled trip has none, taken back it has them again', async () => {
  const id = await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await plan();
  await cancelTrip(asha, id);
  assert.deepEqual(await plan(), { trips: 1, reminders: 0 });
  const { rowCount } = await db.service.query({ text: 'SELECT FROM reminders' });
  assert.equal(rowCount, 0);
  await uncancelTrip(asha, id);
  await plan();
  assert.deepEqual(await listed(), all);
});

test('wishes plan anew, at once for all trips to come', async () => {
  await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await plan();
  const wish = (notifications: object) => updateProfile(asha, db.service, { notifications });
  await wish({ kinds: ['NOT_BOOKED', 'NOT_BOOKED'], daysBefore: 7, language: 'hi' });
  assert.deepEqual(await plan(), { trips: 1, reminders: 0 });
  assert.deepEqual(await listed(), ['NOT_BOOKED 2027-02-13T03:30 WAITING']);
  const { notifications } = await wish({ emailReminders: false });
  assert.deepEqual(
    [notifications.kinds, notifications.daysBefore, notifications.leaveMinutes, notifications.language],
    [['NOT_BOOKED'], 7, 60, 'hi'],
  );
  await plan();
  assert.deepEqual(await listed(), []);
  await wish({ emailReminders: true, kinds: ['LEAVE'], leaveMinutes: 90 });
  await plan();
  assert.deepEqual(await listed(), ['LEAVE 2027-02-20T13:05 WAITING']);
});

test('trips without a route, archived and restored ones are planned with none, once', async () => {
  await createTrip(asha, tripInput({ date: '2027-02-20' }));
  const old = await saveTrip(db, asha, '2026-01-10', { savedAt: SAVED });
  assert.deepEqual(await plan(), { trips: 2, reminders: 0 });
  assert.deepEqual(await plan(), { trips: 0, reminders: 0 });
  await db.service.query({ text: `UPDATE trips SET status = 'COMPLETED' WHERE id = $1`, values: [old] });
  const today = asEpochDay(parseDate('2026-12-01')!);
  assert.equal((await archiveOldTrips(db.service, 6, today)).archived, 1);
  await restoreArchivedTrip(asha, old);
  await plan();
  assert.deepEqual(await listed(), []);
});

test('many trips, many runs at a time: each reminder is there once', async () => {
  for (let day = 10; day < 28; day++) await saveTrip(db, asha, `2027-02-${day}`, { savedAt: SAVED });
  const runs = await Promise.all([1, 2, 3].map(() => plan()));
  assert.equal(
    runs.reduce((sum, { reminders }) => sum + reminders, 0),
    18 * 4,
  );
  assert.equal((await listed()).length, 18 * 4);
});

test('a trip that cannot be planned is told of and keeps no other from it', async () => {
  const bad = await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await db.service.query({ text: `UPDATE trips SET id = 'not a cuid' WHERE id = $1`, values: [bad] });
  await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await assert.rejects(plan(), { code: 'INTERNAL', message: '1 trips cannot be reminded of' });
  assert.deepEqual(await listed(), all);
  assert.deepEqual(await plan(), { trips: 0, reminders: 0 });
});

test('nobody else sees them, and they go with their user', async () => {
  await saveTrip(db, asha, '2027-02-20', { savedAt: SAVED });
  await plan();
  assert.deepEqual(await listed(await newTraveller(db)), []);
  assert.equal((await db.app.query({ text: 'SELECT FROM reminders' })).rowCount, 0);
  for (const text of [`UPDATE reminders SET state = 'SENT'`, 'DELETE FROM reminders'])
    await assert.rejects(db.app.query({ text }), { code: '42501' });
  const { rows } = await eraseUser(db.service, asha.userId, 'a secret of at least thirty-two characters');
  assert.equal(rows['reminders'], 4);
});
