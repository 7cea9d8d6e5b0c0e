import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import ICAL from 'ical.js';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { type MailSink, mailSink, type SinkOptions } from '../../../test/support/mailSink.ts';
import { newTraveller, saveTrip } from '../../../test/support/reminders.ts';
import { updateProfile } from '../accounts/index.ts';
import { cancelTrip, getTrip, markLegBooked } from '../trips/index.ts';
import { forgetDueReminders, planReminders, type SendOptions, sendReminders } from './index.ts';

const SAVED = '2026-11-30T12:00:00Z';
const secret = 'a secret of at least thirty-two characters';
let db: TestDatabase;
let sink: MailSink;
let asha: Awaited<ReturnType<typeof newTraveller>>;
before(async () => {
  db = await testDatabase();
  sink = await mailSink();
});
after(async () => {
  await sink.close();
  await db.drop();
});
beforeEach(async () => {
  await db.service.query({ text: 'DELETE FROM users' });
  asha = await newTraveller(db);
});

const options = (instant: string, url = sink.url): SendOptions => ({
  mail: { smtpUrl: url, from: 'RouteStitch <no-reply@example.org>' },
  origin: 'https://journeys.example.org',
  secret,
  now: () => new Date(instant),
});
/** Plans and sends as the job does; answers the counts that are not 0. */
async function send(instant: string, url?: string): Promise<Record<string, number>> {
  await planReminders(db.service, new Date(instant));
  const counts = await sendReminders(db.service, options(instant, url));
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
const save = (who = asha, date = '2027-02-20') => saveTrip(db, who, date, { savedAt: SAVED });
const states = async (): Promise<string[]> => {
  const { rows } = await db.service.query<{ line: string }>({
    text: `SELECT kind || ' ' || state || coalesce(' ' || answer, '') AS line FROM reminders ORDER BY due_at, kind`,
  });
  return rows.map(({ line }) => line);
};
const OPENING = '2026-12-21T12:30:00Z';
const THREE_DAYS = '2027-02-17T03:30:00Z';
const LEAVING = '2027-02-20T13:35:00Z';

test('an opening is told once: plain text, HTML, a calendar file, a way out', async () => {
  const id = await save();
  const from = sink.mails.length;
  assert.deepEqual(await send('2026-12-21T12:29:59Z'), {});
  assert.deepEqual(await send(OPENING), { sent: 1 });
  assert.deepEqual(await send(OPENING), {});
  assert.equal(sink.mails.length - from, 1);
  const { parsed, recipients, sender, raw } = sink.mails[from]!;
  assert.deepEqual([recipients, sender], [[asha.email], 'no-reply@example.org']);
  assert.equal(parsed.subject, 'Booking opens Tue, 22 Dec, 08:00: 22692 Rajdhani');
  const text = parsed.text ?? '';
  assert.match(
    text,
    /^Tickets for 22692 Rajdhani from Hazrat Nizamuddin \(NZM\) to KSR Bengaluru \(SBC\), leaving Sat, 20 Feb, 20:05, can be bought from Tue, 22 Dec, 08:00 on \(Indian time\)\./,
  );
  assert.ok(text.includes(`https://journeys.example.org/trips/${id}`));
  assert.ok(
    parsed.html && parsed.html.includes('<html lang="en-IN">') && parsed.html.includes('22692 Rajdhani'),
  );
  assert.match(parsed.messageId ?? '', /^<c[a-z0-9]+\.reminder@example\.org>$/);
  assert.match(raw, /^List-Unsubscribe:\s+<https:\/\/journeys\.example\.org\/unsubscribe\//m);
  assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  const [file] = parsed.attachments;
  assert.deepEqual([file?.filename, file?.contentType], ['routestitch.ics', 'text/calendar']);
  const calendar = new ICAL.Component(ICAL.parse(file!.content.toString('utf8')) as unknown[]);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
  assert.equal(event.startDate.toJSDate().toISOString(), '2026-12-22T02:30:00.000Z');
  const [leg] = (await getTrip(asha, id)).bookingLegs;
  assert.deepEqual([leg?.reminderSent, leg?.remindAt], [true, '2027-02-17T03:30:00.000Z']);
  assert.deepEqual((await states())[0], 'BOOKING_OPENS SENT 250');
});

test('leaving is told with the legs of the day, in Hindi for who reads it', async () => {
  await save();
  await updateProfile(asha, db.service, { notifications: { language: 'hi', kinds: ['LEAVE'] } });
  const from = sink.mails.length;
  assert.deepEqual(await send(LEAVING), { sent: 1 });
  const { parsed } = sink.mails[from]!;
  assert.match(parsed.subject ?? '', /^निकलने का समय शनि, 20 फ़र॰, 20:05: Noida → Bangalore$/);
  assert.match(parsed.text ?? '', /20:05 22692 Rajdhani: Hazrat Nizamuddin \(NZM\) → KSR Bengaluru \(SBC\)/);
  assert.ok(parsed.html && parsed.html.includes('<html lang="hi-IN">'));
  const calendar = new ICAL.Component(
    ICAL.parse(parsed.attachments[0]!.content.toString('utf8')) as unknown[],
  );
  assert.equal(new ICAL.Event(calendar.getFirstSubcomponent('vevent')!).summary.includes('22692'), true);
});

test('what is booked, cancelled or not wished for any more is not sent, whenever it became so', async () => {
  const [booked, cancelled] = [await save(), await save(await newTraveller(db))];
  const owner = await db.service.query<{ user_id: string }>({
    text: 'SELECT user_id FROM trips WHERE id = $1',
    values: [cancelled],
  });
  const unverified = await newTraveller(db);
  await save(unverified);
  await planReminders(db.service, new Date(SAVED));
  await markLegBooked(asha, booked, 0, {});
  await cancelTrip({ userId: owner.rows[0]!.user_id, database: db.app }, cancelled);
  await db.service.query({
    text: 'UPDATE users SET email_verified = NULL WHERE id = $1',
    values: [unverified.userId],
  });
  // Without another plan: the mail itself looks.
  const { skipped, sent } = await sendReminders(db.service, options(OPENING));
  assert.deepEqual([skipped, sent], [3, 0]);
  await updateProfile(asha, db.service, { notifications: { emailReminders: false } });
  const late = await sendReminders(db.service, options(LEAVING));
  assert.deepEqual([late.sent, late.skipped, late.missed], [0, 6, 3]);
});

test('in quiet hours nothing is sent: it waits for their end, or is missed when that is too late', async () => {
  await save();
  await planReminders(db.service, new Date(SAVED));
  const night = { quietFrom: '17:00', quietTo: '09:00' };
  await db.service.query({
    text: 'INSERT INTO user_settings (user_id, quiet_from, quiet_to) VALUES ($1, $2, $3)',
    values: [asha.userId, night.quietFrom, night.quietTo],
  });
  // The servers stood still since before 17:00, when it was due by the new wishes.
  assert.deepEqual(await send(OPENING), { later: 1 });
  assert.deepEqual(await send('2026-12-22T03:29:00Z'), {});
  assert.deepEqual(await send('2026-12-22T03:30:00Z'), { sent: 1 });
  await db.service.query({ text: `UPDATE user_settings SET quiet_from = '10:00', quiet_to = '09:30'` });
  assert.equal((await send('2027-02-20T14:00:00Z'))['missed'], 3, 'the train leaves at 14:35');
});

test('standing still: what is of no use any more is missed, the rest is sent late', async () => {
  await save();
  await planReminders(db.service, new Date(SAVED));
  assert.deepEqual(await send('2027-02-20T13:40:00Z'), { sent: 2, missed: 2 });
  assert.deepEqual(await states(), [
    'BOOKING_OPENS MISSED',
    'NOT_BOOKED SENT 250',
    'TATKAL_OPENS MISSED',
    'LEAVE SENT 250',
  ]);
});

test('what the mail server says: no for good, not now, not at all', async () => {
  const answers: SinkOptions = {
    refuseRecipient: (address) => (address === asha.email ? '550 5.1.1 who is that' : null),
    refuseMail: (subject) => (subject.startsWith('Not booked') ? '451 4.7.1 later' : null),
  };
  const picky = await mailSink(answers);
  await save();
  const ravi = await newTraveller(db);
  await save(ravi);
  assert.deepEqual(await send(OPENING, picky.url), { sent: 1, failed: 1 });
  await db.service.query({ text: 'DELETE FROM users WHERE id = $1', values: [asha.userId] });
  assert.deepEqual(await send(THREE_DAYS, picky.url), { later: 1 });
  assert.deepEqual(await send(THREE_DAYS, picky.url), {}, 'not at once');
  const leg = (
    await db.service.query<{ sent: boolean }>({ text: 'SELECT reminder_sent AS sent FROM booking_legs' })
  ).rows;
  assert.deepEqual(leg, [{ sent: true }]);
  await picky.close();
  await assert.rejects(send('2027-02-17T04:00:00Z', picky.url), {
    code: 'UNAVAILABLE',
    message: /mail server cannot be used/,
  });
  assert.deepEqual(await send('2027-02-17T04:00:00Z'), { sent: 1 }, 'it waited');
});

test('ten processes at once: each of 40 goes out once', async () => {
  for (let n = 0; n < 40; n++) await save(await newTraveller(db));
  const from = sink.mails.length;
  await planReminders(db.service, new Date(SAVED));
  const runs = await Promise.all(
    Array.from({ length: 10 }, () => sendReminders(db.service, options(OPENING))),
  );
  assert.equal(
    runs.reduce((sum, { sent }) => sum + sent, 0),
    40,
  );
  const to = sink.mails.slice(from).map(({ recipients }) => recipients[0]!);
  assert.deepEqual([to.length, new Set(to).size], [40, 40]);
});

test('left by a process that is gone: a claim is taken back when its time is over, and so is HANDING', async () => {
  await save();
  await planReminders(db.service, new Date(SAVED));
  const leave = (state: string, age: string, handing = 'now()') =>
    db.service.query({
      text: `UPDATE reminders SET state = '${state}', claim_id = 'gone', claimed_until = now() + interval '${age}', handing_at = ${handing}
             WHERE kind = 'BOOKING_OPENS'`,
    });
  await leave('CLAIMED', '30 seconds');
  assert.deepEqual(await send(OPENING), {}, 'it may still live');
  await leave('CLAIMED', '-1 second');
  assert.deepEqual(await send(OPENING), { takenBack: 1, sent: 1 });
  await db.service.query({
    text: `UPDATE reminders SET sent_at = NULL, settled_at = NULL, answer = NULL, state = 'WAITING' WHERE state = 'SENT'`,
  });
  await leave('HANDING', '-1 second');
  const holder = await db.service.pool.connect();
  await holder.query('BEGIN');
  await holder.query(`SELECT FROM reminders WHERE state = 'HANDING' FOR UPDATE`);
  assert.deepEqual(await send(OPENING), {}, 'whoever writes the dot holds the row');
  await holder.query('ROLLBACK');
  holder.release();
  assert.deepEqual(await send(OPENING), { takenBack: 1, sent: 1 });
});

test('HANDING from before the database was started: it may be out, and is not sent again', async () => {
  const id = await save();
  await planReminders(db.service, new Date(SAVED));
  await db.service.query({
    text: `UPDATE reminders SET state = 'HANDING', claim_id = 'gone', claimed_until = now() - interval '1 second',
             handing_at = pg_postmaster_start_time() - interval '1 second' WHERE kind = 'BOOKING_OPENS'`,
  });
  assert.deepEqual(await send(OPENING), { unheard: 1 });
  assert.deepEqual(await send(OPENING), {});
  assert.deepEqual((await states())[0], 'BOOKING_OPENS SENT');
  assert.equal((await getTrip(asha, id)).bookingLegs[0]?.reminderSent, true);
});

test('after a backup was restored: what was due may have gone out since, and is not sent; the rest is', async () => {
  await save();
  await planReminders(db.service, new Date(SAVED));
  assert.equal(await forgetDueReminders(db.service, new Date('2026-12-22T00:00:00Z')), 1);
  assert.deepEqual(await send('2026-12-22T04:00:00Z'), {});
  assert.deepEqual(await send(THREE_DAYS), { sent: 1 });
});

for (const step of ['body', 'handing'] as const)
  test(`who lost the claim sends nothing, also at the last moment: "${step}"`, async () => {
    await save();
    await planReminders(db.service, new Date(SAVED));
    const from = sink.mails.length;
    const onStep = async (at: string): Promise<void> => {
      if (at === step)
        await db.service.query({
          text: `UPDATE reminders SET state = 'CLAIMED', claim_id = 'another', claimed_until = now() + interval '1 hour'
                 WHERE state IN ('CLAIMED', 'HANDING')`,
        });
    };
    const { later, sent } = await sendReminders(db.service, { ...options(OPENING), onStep });
    assert.deepEqual([later, sent, sink.mails.length - from], [1, 0, 0]);
    assert.equal((await states())[0], 'BOOKING_OPENS CLAIMED');
  });
