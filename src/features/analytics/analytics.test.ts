import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { asUser } from '../../database/asUser.ts';
import { newId } from '../../units/ids.ts';
import {
  AnalyticsWriter,
  recordAnonymousOutcome,
  recordBookingClick,
  recordBookingOutcome,
  trackClickedRoute,
  type TrackedSearch,
  trackSearchQuery,
} from './index.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const errors: unknown[] = [];
const writerOf = (options: { secret?: string; now?: () => number } = {}): AnalyticsWriter =>
  new AnalyticsWriter(db.service, {
    onError: (error) => errors.push(error),
    secret: 'of the test',
    ...options,
  });

const noida = { id: '1', name: 'Noida', lat: 28.5355, lng: 77.391 };
const bengaluru = { id: '2', name: 'Bengaluru', lat: 12.9716, lng: 77.5946 };
const search = (over: Partial<TrackedSearch> = {}): TrackedSearch => ({
  origin: noida,
  destination: bengaluru,
  date: '2026-12-01',
  passengers: 2,
  preference: 'BALANCED',
  routesFound: 7,
  ...over,
});
const caller = (userId: string) => ({ userId, database: db.app });
const stored = async (id: string): Promise<Record<string, unknown> | undefined> => {
  const { rows } = await db.service.query({
    text: 'SELECT * FROM search_queries WHERE id = $1',
    values: [id],
  });
  return rows[0];
};

test('§4.6 a search is written beside the request, with what was asked', async () => {
  const writer = writerOf();
  const id = trackSearchQuery(
    writer,
    search({ userId: 'u1', stops: [{ place: 'Jaipur', dwellMinutes: 60 }] }),
  );
  assert.equal(await stored(id), undefined, 'not awaited');
  await writer.flush();
  const row = await stored(id);
  assert.deepEqual(
    [row?.['user_id'], row?.['origin'], row?.['destination'], row?.['date'], row?.['passengers']],
    ['u1', noida, bengaluru, '2026-12-01', 2],
  );
  assert.deepEqual([row?.['preference'], row?.['routes_found']], ['BALANCED', 7]);
  assert.deepEqual(row?.['stops'], [{ place: 'Jaipur', dwellMinutes: 60 }]);
});

test('§4.6 no address and no long user agent is stored, where the document keeps both for ever', async () => {
  const writer = writerOf();
  const id = trackSearchQuery(
    writer,
    search({ address: '203.0.113.77', userAgent: `Mozilla/5.0 ${'x'.repeat(500)}` }),
  );
  const without = new AnalyticsWriter(db.service, { onError: (error) => errors.push(error) });
  const plain = trackSearchQuery(without, search({ address: '203.0.113.77' }));
  await Promise.all([writer.flush(), without.flush()]);
  const row = await stored(id);
  assert.match(String(row?.['ip_hash']), /^[A-Za-z0-9_-]{43}$/);
  assert.equal(JSON.stringify(row).includes('203.0'), false);
  assert.equal(String(row?.['user_agent']).length, 120);
  assert.equal((await stored(plain))?.['ip_hash'], null, 'without a secret: nothing');
});

test('10,000 searches arrive whole; the queue refuses more than it holds and counts them', async () => {
  const writer = writerOf();
  const ids = Array.from({ length: 12_000 }, () => trackSearchQuery(writer, search()));
  assert.ok(writer.counts.searches.dropped >= 1);
  await writer.flush();
  const { written, dropped } = writer.counts.searches;
  assert.equal(written + dropped, 12_000);
  const { rows } = await db.service.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM search_queries WHERE id = ANY($1)',
    values: [ids],
  });
  assert.equal(rows[0]?.n, written);
});

test('a row that the database refuses goes alone', async () => {
  const writer = writerOf();
  const before = errors.length;
  const bad = trackSearchQuery(writer, search({ passengers: -5 }));
  const worse = trackSearchQuery(writer, search({ origin: { lat: 'x' } }));
  const good = trackSearchQuery(writer, search());
  await writer.flush();
  assert.deepEqual([await stored(bad), await stored(worse)], [undefined, undefined]);
  assert.notEqual(await stored(good), undefined);
  assert.equal(writer.counts.searches.refused, 2);
  assert.equal(errors.length, before + 2);
});

test('a batch that is sent again, because its answer was lost, is there once', async () => {
  const ids = [newId(), newId(), newId()];
  const now = Date.now();
  const same = writerOf({ now: () => now });
  for (const id of ids.slice(0, 2)) trackSearchQuery(same, search({ id }));
  await same.flush();
  for (const id of ids) trackSearchQuery(same, search({ id, passengers: 9 }));
  await same.flush();
  assert.equal(same.counts.searches.refused, 0);
  const rows = await Promise.all(ids.map(stored));
  assert.deepEqual(
    rows.map((row) => row?.['passengers']),
    [2, 2, 9],
  );
});

test('a month without a partition is made when the first row comes', async () => {
  const writer = writerOf({ now: () => Date.UTC(2031, 4, 15) });
  const [id, click] = [trackSearchQuery(writer, search()), recordBookingClick(writer, null, booking())];
  await writer.flush();
  assert.notEqual(await stored(id), undefined);
  const { rowCount } = await db.service.query({
    text: 'SELECT FROM booking_clicks WHERE id = $1',
    values: [click],
  });
  assert.equal(rowCount, 1);
});

test('§1 clickedRoute is filled by the click, which the document never does', async () => {
  const writer = writerOf();
  const id = trackSearchQuery(writer, search());
  trackClickedRoute(writer, null, { searchId: id, route: { id: 'first' } });
  trackClickedRoute(writer, null, { searchId: id, route: { id: 'second' } });
  await writer.flush();
  assert.deepEqual((await stored(id))?.['clicked_route'], { id: 'second' });
});

test('a click on the search of another user changes nothing; on an unknown one is counted', async () => {
  const writer = writerOf();
  const id = trackSearchQuery(writer, search({ userId: 'owner' }));
  trackClickedRoute(writer, 'stranger', { searchId: id, route: { id: 'x' } });
  trackClickedRoute(writer, null, { searchId: id, route: { id: 'x' } });
  trackClickedRoute(writer, null, { searchId: 'c-unknown', route: { id: 'x' } });
  await writer.close();
  assert.equal((await stored(id))?.['clicked_route'], null);
  assert.equal(writer.counts.unmatched, 2, 'the last click on a search stands for all on it');
});

test('a click before its search is written by another process finds it a second later', async () => {
  const [here, there] = [writerOf(), writerOf()];
  const id = newId();
  trackClickedRoute(here, null, { searchId: id, route: { id: 'x' } });
  await here.flush();
  trackSearchQuery(there, search({ id }));
  await there.flush();
  for (let wait = 0; wait < 40 && (await stored(id))?.['clicked_route'] === null; wait++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual((await stored(id))?.['clicked_route'], { id: 'x' });
});

const booking = (over: object = {}) => ({
  tripId: 't1',
  route: { id: 'r', legs: [{ mode: 'train' }] },
  platform: 'IRCTC',
  leg: { mode: 'train' },
  legIndex: 0,
  affiliateUrl: 'https://www.irctc.co.in/',
  commission: 1250,
  ...over,
});

test('a booking click and its outcome: didBook and markedAt are set, which the document never does', async () => {
  const writer = writerOf();
  const clickId = recordBookingClick(writer, 'u1', booking());
  await writer.flush();
  const outcome = await recordBookingOutcome(caller('u1'), { clickId }, true);
  assert.equal(outcome.didBook, true);
  const { rows } = await asUser('u1', () =>
    db.app.query({
      text: 'SELECT did_book, marked_at, commission_minor, currency, leg_index FROM booking_clicks WHERE id = $1',
      values: [clickId],
    }),
  );
  assert.deepEqual(rows[0], {
    did_book: true,
    marked_at: outcome.markedAt,
    commission_minor: 1250,
    currency: 'INR',
    leg_index: 0,
  });
});

test('the answer for a leg goes to its latest click, and may be changed', async () => {
  let now = Date.now();
  const writer = writerOf({ now: () => now++ });
  recordBookingClick(writer, 'u2', booking({ tripId: 't2', legIndex: 3 }));
  const second = recordBookingClick(writer, 'u2', booking({ tripId: 't2', legIndex: 3 }));
  await writer.flush();
  const leg = { tripId: 't2', legIndex: 3 };
  assert.equal((await recordBookingOutcome(caller('u2'), leg, true)).clickId, second);
  assert.equal((await recordBookingOutcome(caller('u2'), leg, false)).didBook, false);
});

test("nobody answers for another user's click", async () => {
  const writer = writerOf();
  const clickId = recordBookingClick(writer, 'u3', booking({ tripId: 't3' }));
  const anonymous = recordBookingClick(writer, null, booking({ tripId: 't3' }));
  await writer.flush();
  for (const click of [
    { clickId },
    { clickId: anonymous },
    { tripId: 't3', legIndex: 0 },
    { clickId: 'none' },
  ])
    await assert.rejects(recordBookingOutcome(caller('u4'), click, true), { code: 'NOT_FOUND' });
  const { rows } = await db.service.query({
    text: `SELECT count(*) AS n FROM booking_clicks WHERE trip_id = 't3' AND did_book IS NOT NULL`,
  });
  assert.equal(rows[0]?.['n'], 0);
});

test('the outcome of a click that nobody was signed in for is told by its id, for 90 days', async () => {
  const daysAgo = (days: number) => writerOf({ now: () => Date.now() - days * 86_400_000 });
  const [young, old] = [daysAgo(89), daysAgo(91)];
  const [known, late] = [young, old].map((writer) => recordBookingClick(writer, null, booking()));
  const owned = recordBookingClick(young, 'u5', booking());
  await Promise.all([young.flush(), old.flush()]);
  const told = await recordAnonymousOutcome(db.service, known!, true);
  assert.deepEqual([told.clickId, told.didBook], [known, true]);
  for (const clickId of [late!, owned, 'none'])
    await assert.rejects(recordAnonymousOutcome(db.service, clickId, true), { code: 'NOT_FOUND' });
  const { rows } = await db.service.query({
    text: 'SELECT id, did_book, marked_at FROM booking_clicks WHERE id = ANY($1) AND did_book',
    values: [[known, late, owned]],
  });
  assert.deepEqual(rows, [{ id: known, did_book: true, marked_at: told.markedAt }]);
});

test('what a booking click may not hold is refused twice: by the contract and by the database', async () => {
  const writer = writerOf();
  const deep = { text: 'x'.repeat(70_000) };
  for (const over of [
    { platform: '' },
    { legIndex: -1 },
    { legIndex: 64 },
    { affiliateUrl: 'javascript:alert(1)' },
    { commission: -1 },
    { currency: 'rupee' },
    { route: [] },
    { leg: deep },
    { extra: 1 },
  ])
    assert.throws(
      () => recordBookingClick(writer, null, booking(over)),
      { code: 'INVALID_REQUEST' },
      JSON.stringify(over).slice(0, 80),
    );
  for (const fault of [
    `leg_index = -1`,
    `affiliate_url = 'javascript:alert(1)'`,
    `commission_minor = -1`,
    `currency = 'rup'`,
    `platform = ''`,
    `route = '[]'`,
    `leg = jsonb_build_object('text', repeat('x', 70000))`,
    `did_book = true`,
  ])
    await assert.rejects(
      db.service.query({ text: `UPDATE booking_clicks SET ${fault}` }),
      { code: '23514' },
      fault,
    );
});

test('a deleted user leaves no name in analytics', async () => {
  const userId = newId();
  await db.service.query({
    text: 'INSERT INTO users (id, email, updated_at) VALUES ($1, $2, now())',
    values: [userId, `${userId}@example.org`],
  });
  const writer = writerOf();
  const [id, click] = [
    trackSearchQuery(writer, search({ userId })),
    recordBookingClick(writer, userId, booking({ tripId: 't9' })),
  ];
  await writer.flush();
  await db.service.query({ text: 'DELETE FROM users WHERE id = $1', values: [userId] });
  assert.equal((await stored(id))?.['user_id'], null);
  const { rows } = await db.service.query({
    text: 'SELECT user_id, trip_id FROM booking_clicks WHERE id = $1',
    values: [click],
  });
  assert.deepEqual(rows[0], { user_id: null, trip_id: null });
});
