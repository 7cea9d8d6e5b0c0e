/** The hand-off loop over HTTP: a click, whose it is, where it leads, and whether it led to a booking. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestApp, type TestApp } from '../../../test/support/httpApp.ts';
import { type SignedInUser, signIn } from '../../../test/support/signIn.ts';
import { tripInput } from '../../../test/support/trips.ts';
import { newId } from '../../units/ids.ts';
import { updateProfile } from '../accounts/index.ts';
import { type Route, searchResponseSchema } from '../journeys/contract.ts';
import { createTrip } from '../trips/index.ts';
import { clickOutcomeSchema, clickResponseSchema } from './contract.ts';

let opened: TestApp;
let [mine, other]: SignedInUser[] = [];
let route: Route;
let searchId: string;
let legIndex: number;

before(async () => {
  opened = await openTestApp();
  const { service } = opened.db;
  [mine, other] = [await signIn(service, 'click@example.org'), await signIn(service, 'other@example.org')];
  const date = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const found = await send('/api/v1/search', {
    origin: 'Delhi',
    destination: 'Jaipur',
    date,
    modes: ['train'],
  });
  const answer = searchResponseSchema.parse(await found.json());
  ({ searchId } = answer);
  route = answer.routes[0]!;
  legIndex = route.legs.findIndex(({ mode }) => mode === 'train');
});
after(() => opened.close());

/** `user` undefined: a visitor who is not signed in. */
const send = async (path: string, body: unknown, user?: SignedInUser): Promise<Response> =>
  opened.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...user?.headers },
    body: JSON.stringify(body),
  });
const click = async (more: object = {}, user?: SignedInUser): Promise<{ clickId: string; url: string }> => {
  const answer = await send(
    '/api/v1/clicks',
    { route, legIndex, platform: 'confirmtkt', passengers: 2, ...more },
    user,
  );
  assert.equal(answer.status, 201, await answer.clone().text());
  return clickResponseSchema.parse(await answer.json());
};
const tell = (clickId: string, didBook: unknown, user?: SignedInUser): Promise<Response> =>
  send(`/api/v1/clicks/${clickId}/outcome`, { didBook }, user);

interface Stored {
  readonly search_id: string | null;
  readonly user_id: string | null;
  readonly trip_id: string | null;
  readonly did_book: boolean | null;
  readonly marked_at: Date | null;
  readonly commission_minor: number | null;
  readonly affiliate_url: string;
  readonly route: { readonly id: string; readonly legs: readonly { fares: unknown[] }[] };
}
const stored = async (clickId: string): Promise<Stored> => {
  const { rows } = await opened.db.service.query<Record<keyof Stored, never>>({
    text: 'SELECT * FROM booking_clicks WHERE id = $1',
    values: [clickId],
  });
  assert.equal(rows.length, 1);
  return rows[0]!;
};

test('a visitor’s click: nobody’s name on it, its outcome told by whoever has its id, and told again', async () => {
  const { clickId, url } = await click();
  assert.match(clickId, /^[\w-]{24}$/, '18 random bytes');
  assert.notEqual((await click()).clickId, clickId);
  assert.equal((await opened.app.request(url)).status, 302);
  const before = await stored(clickId);
  assert.deepEqual([before.user_id, before.did_book, before.commission_minor], [null, null, null]);
  for (const didBook of [true, false]) {
    const answer = await tell(clickId, didBook);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const told = clickOutcomeSchema.parse(await answer.json());
    const row = await stored(clickId);
    assert.deepEqual([told.clickId, told.didBook], [clickId, didBook]);
    assert.deepEqual([row.did_book, row.marked_at?.toISOString()], [didBook, told.markedAt]);
  }
  assert.equal((await tell(clickId, true, mine)).status, 200, 'clicked, then signed in');
  assert.equal((await stored(clickId)).user_id, null, 'and still nobody’s');
});

test('a user’s click is the user’s alone: to all others it is one that does not exist', async () => {
  const before = await click({}, mine);
  assert.equal((await stored(before.clickId)).user_id, null, 'without consent it is kept without a name');
  const caller = { userId: mine!.userId, database: opened.db.app };
  await updateProfile(caller, opened.db.service, { analyticsConsent: true });
  const { clickId } = await click({}, mine);
  assert.equal((await stored(clickId)).user_id, mine!.userId);
  const absent = 'A'.repeat(24);
  const withoutIds = async (answer: Response): Promise<object> => {
    assert.equal(answer.status, 404);
    return { ...((await answer.json()) as object), requestId: '', instance: '' };
  };
  for (const user of [undefined, other])
    assert.deepEqual(
      await withoutIds(await tell(clickId, true, user)),
      await withoutIds(await tell(absent, true, user)),
    );
  assert.equal((await stored(clickId)).did_book, null);
  assert.equal((await tell(clickId, true, mine)).status, 200);
  assert.equal((await stored(clickId)).did_book, true);
});

test('an outcome is yes or no', async () => {
  const { clickId } = await click();
  for (const didBook of ['yes', 1, null, undefined])
    assert.equal((await tell(clickId, didBook)).status, 400, String(didBook));
  const more = await send(`/api/v1/clicks/${clickId}/outcome`, { didBook: true, price: 1 });
  assert.equal(more.status, 400);
  for (const id of ['a b', '../..', 'x'.repeat(65), '%27'])
    assert.equal((await tell(encodeURIComponent(id), true)).status, 400, id);
  assert.equal((await stored(clickId)).did_book, null);
});

test('the search remembers the route that was opened, without what was offered beside its prices', async () => {
  const openedRoute = async (): Promise<unknown> => {
    await opened.application.flush();
    const { rows } = await opened.db.service.query({
      text: 'SELECT clicked_route FROM search_queries WHERE id = $1',
      values: [searchId],
    });
    return rows[0]?.['clicked_route'];
  };
  await click();
  assert.equal(await openedRoute(), null, 'a click that names no search');
  const { clickId } = await click({ searchId });
  const kept = (await openedRoute()) as Stored['route'];
  assert.equal(kept.id, route.id);
  assert.deepEqual(kept, (await stored(clickId)).route);
  assert.ok(route.legs[legIndex]!.fares.length > 0);
  assert.ok(kept.legs.every(({ fares }) => fares.length === 0));
});

test('a click joins its search, unless that would name whoever searched', async () => {
  const user = await signIn(opened.db.service, 'unnamed@example.org');
  const caller = { userId: user.userId, database: opened.db.app };
  const trip = await createTrip(caller, tripInput());
  const joined = async (more: object, by?: SignedInUser): Promise<[string | null, boolean]> => {
    const row = await stored((await click({ searchId, ...more }, by)).clickId);
    return [row.search_id, row.user_id === user.userId];
  };
  assert.deepEqual(await joined({}), [searchId, false], 'nobody’s click, nobody’s search');
  assert.deepEqual(await joined({}, user), [searchId, false], 'no consent: nobody’s click either');
  assert.deepEqual(
    await joined({ tripId: trip.id }, user),
    [null, true],
    'the trip’s owner did not agree to be named',
  );
  await updateProfile(caller, opened.db.service, { analyticsConsent: true });
  assert.deepEqual(await joined({}, user), [searchId, true]);
  assert.deepEqual(await joined({ tripId: trip.id }, user), [searchId, true]);
});

test('a search is kept with the cities it goes between', async () => {
  await opened.application.flush();
  const { rows } = await opened.db.service.query({
    text: 'SELECT corridor_from, corridor_to FROM search_queries WHERE id = $1',
    values: [searchId],
  });
  assert.deepEqual(rows, [{ corridor_from: 'city:delhi', corridor_to: 'city:jaipur' }]);
});

test('a route above 64 KiB with all its classes is clicked all the same', async () => {
  const legs = route.legs.map((leg) => ({
    ...leg,
    fares: leg.fares.flatMap((fare) => Array.from({ length: 1000 }, () => fare)).slice(0, 90),
  }));
  const bytes = JSON.stringify(legs).length;
  assert.ok(bytes > 65_536 && bytes < 120_000, `${bytes} bytes`);
  const { clickId } = await click({ route: { ...route, legs } });
  assert.equal((await stored(clickId)).route.id, route.id);
});

test('a click may name the user’s own trip and no other', async () => {
  const trip = await createTrip({ userId: mine!.userId, database: opened.db.app }, tripInput());
  const { clickId } = await click({ tripId: trip.id }, mine);
  assert.equal((await stored(clickId)).trip_id, trip.id);
  const body = { route, legIndex, platform: 'confirmtkt', tripId: trip.id };
  assert.equal((await send('/api/v1/clicks', body, other)).status, 404);
  assert.equal((await send('/api/v1/clicks', { ...body, tripId: newId() }, mine)).status, 404);
  assert.equal((await send('/api/v1/clicks', body)).status, 401);
  const { rows } = await opened.db.service.query({
    text: 'SELECT count(*)::int AS n FROM booking_clicks WHERE trip_id = $1',
    values: [trip.id],
  });
  assert.equal(rows[0]?.['n'], 1);
});
