/** The page without a connection: what was kept is read, what is recorded waits and is sent, nothing outlives its user. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Trip } from '../../src/features/trips/contract.ts';
import { words as english } from '../../web/words/en/offline.ts';
import { words as hindi } from '../../web/words/hi/offline.ts';
import { openBrowser, withoutChromium } from './browser.ts';
import {
  type Account,
  accountOf,
  dayAhead,
  keepTrip,
  type Look,
  openContext,
  pageWords,
  settled,
} from './keeping.ts';
import { checkPage, logOf } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';

let server: RunningServer;
let browser: Browser;

interface Opened {
  readonly account: Account;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly trip: Trip;
}

/** Signed in, with a trip that was never opened in this browser, until everything is kept that is to be kept. */
async function signedIn(look: Look, email: string): Promise<Opened> {
  const account = await accountOf(server, email);
  const trip = await keepTrip(account, { origin: 'Noida', destination: 'Bengaluru', date: dayAhead(14) });
  const context = await openContext(browser, { ...look, worker: true });
  await account.enter(context);
  const page = await context.newPage();
  await page.goto(`${server.origin}/trips`);
  await settled(page);
  await page.evaluate('navigator.serviceWorker.ready');
  for (let turn = 0; turn < 200 && !(await keptIn(page)).includes(`plan ${trip.id}`); turn += 1)
    await page.waitForTimeout(50);
  return { account, context, page, trip };
}

/** Keys of everything that the browser keeps of its user, and how much waits. */
const keptIn = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`new Promise((resolve, reject) => {
    const asked = indexedDB.open('routestitch', 1);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const database = asked.result;
      const stores = database.transaction(['kept', 'waiting'], 'readonly');
      const kept = stores.objectStore('kept').getAllKeys();
      const waiting = stores.objectStore('waiting').getAll();
      stores.oncomplete = () => {
        database.close();
        resolve([...kept.result, ...waiting.result.map(() => 'edit')]);
      };
    };
  })`);
/** What lies in the caches of the page: paths, and which of them hold one of the texts. */
const cached = (page: Page, texts: readonly string[]): Promise<{ paths: string[]; holding: string[] }> =>
  page.evaluate(`(async () => {
    const found = { paths: [], holding: [] };
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        found.paths.push(pathname);
        const text = await (await cache.match(request, { ignoreVary: true })).text();
        if (${JSON.stringify(texts)}.some((one) => text.includes(one))) found.holding.push(pathname);
      }
    }
    return found;
  })()`);

const train = (trip: Trip): { readonly index: number; readonly number: number } => {
  const at = trip.bookingLegs.findIndex(({ mode }) => mode === 'train');
  return { index: trip.bookingLegs[at]!.legIndex, number: at + 1 };
};
async function record(page: Page, look: Look, number: number, reference: string): Promise<void> {
  const { booking, mark, leg } = pageWords[look.locale].trip;
  await page
    .getByRole('button', { name: `${booking.mark} ${leg(number)}` })
    .last()
    .click();
  await page.getByLabel(mark.reference).fill(reference);
  await page.getByRole('dialog').getByRole('button', { name: mark.save, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
const bookingOf = async ({ account, trip }: Opened) =>
  (await account.call<Trip>('GET', `trips/${trip.id}`)).bookingLegs.find(
    ({ legIndex }) => legIndex === train(trip).index,
  )!;

describe('without a connection', { skip: withoutChromium, timeout: 300_000 }, () => {
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const look: Look = { width: 360, locale: 'hi-IN' };
  test(`trips are read, a booking waits and is sent once, signed out nothing is left; 360 px, hi-IN`, async () => {
    const opened = await signedIn(look, 'train@example.org');
    const { account, context, page, trip } = opened;
    const { trip: words, site } = pageWords[look.locale];
    const { number } = train(trip);
    await context.setOffline(true);
    // From the very address, as from the home screen: no document, no script comes from the server.
    await page.goto(`${server.origin}/trips`);
    await page.getByText(/^कनेक्शन नहीं है: इस डिवाइस से/).waitFor();
    await checkPage(page, 'offline-trips-360-hi-IN');
    await page.getByRole('link', { name: new RegExp(trip.destination.name) }).click();
    await page.getByRole('heading', { level: 2, name: words.timeline.title }).waitFor();
    // The plan of the bookings is there too: an auto is not what is booked first.
    await page.getByRole('heading', { level: 2, name: new RegExp(words.leg(number)) }).waitFor();
    await checkPage(page, 'offline-trip-360-hi-IN');

    await record(page, look, number, '4512345678');
    await page.getByText(hindi.waiting(1)).waitFor();
    await page.getByText(hindi.waits, { exact: true }).waitFor();
    await page.getByText(words.booking.reference('•••5678')).waitFor();
    await checkPage(page, 'offline-waiting-360-hi-IN');
    // It is still there after the page was closed, and nobody else knows of it.
    await page.reload();
    await page.getByText(hindi.waiting(1)).waitFor();
    await page.getByText(words.booking.reference('•••5678')).waitFor();
    assert.equal((await bookingOf(opened)).isBooked, false);

    const writes: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') writes.push(request.headers()['idempotency-key']);
    });
    await context.setOffline(false);
    await page.getByText(hindi.sent).waitFor();
    await page.getByText(hindi.waits, { exact: true }).waitFor({ state: 'detached' });
    await page.getByText(words.booking.reference('•••5678')).waitFor();
    assert.equal((await bookingOf(opened)).bookingRef, '4512345678');
    assert.equal(writes.length, 1);
    assert.match(writes[0] ?? '', /^[0-9a-f]{32}$/);

    const { paths, holding } = await cached(page, ['4512345678', account.email, trip.id]);
    assert.ok(paths.includes('/index.html') && paths.length > 20);
    assert.deepEqual(
      paths.filter((path) => !/^\/(assets\/.*|index\.html)$/.test(path)),
      [],
    );
    assert.deepEqual(holding, []);
    assert.ok((await keptIn(page)).includes('session'));
    await page.goto(`${server.origin}/me`);
    await page.getByRole('button', { name: site.session.signOut }).click();
    await page.getByRole('link', { name: site.session.signIn }).waitFor();
    assert.deepEqual(await keptIn(page), []);
    await context.setOffline(true);
    await page.goto(`${server.origin}/trips/${trip.id}`);
    await page.getByRole('link', { name: site.session.signIn }).waitFor();
    assert.equal(await page.getByText(trip.destination.name).count(), 0);
    await context.close();
  });

  test('a leg that was changed elsewhere meanwhile is not overwritten; ended elsewhere, nothing is left; 1280 px', async () => {
    const wide: Look = { width: 1280, locale: 'en-IN', dark: true };
    const opened = await signedIn(wide, 'two.devices@example.org');
    const { account, context, page, trip } = opened;
    const { trip: words, site } = pageWords['en-IN'];
    const { index, number } = train(trip);
    const log = logOf(page, server.origin);
    await page.goto(`${server.origin}/trips/${trip.id}`);
    await settled(page);
    await context.setOffline(true);
    await record(page, wide, number, 'MINE1234');
    await page.getByText(english.waits, { exact: true }).waitFor();
    await account.call('PUT', `trips/${trip.id}/legs/${index}/booking`, { bookingRef: 'THEIRS34' });
    await context.setOffline(false);
    await page.getByText(english.changed).waitFor();
    await page.getByText(words.booking.reference('•••1234')).waitFor();
    assert.ok((await page.getByText(words.booking.reference('•••RS34')).count()) >= 1);
    assert.equal((await bookingOf(opened)).bookingRef, 'THEIRS34');
    await checkPage(page, 'offline-changed-1280-en-IN');
    await page.getByRole('button', { name: english.sendMine }).click();
    await page.getByText(english.changed).waitFor({ state: 'detached' });
    await page.getByText(english.waits, { exact: true }).waitFor({ state: 'detached' });
    await page.getByText(words.booking.reference('•••1234')).waitFor();
    assert.equal((await bookingOf(opened)).bookingRef, 'MINE1234');
    assert.deepEqual(log.foreign, []);

    // The session is ended on another device: the next visit finds out, and what waited goes too.
    await context.setOffline(true);
    await page.getByRole('button', { name: `${words.booking.undo} ${words.leg(number)}` }).click();
    await page.getByText(english.waits, { exact: true }).waitFor();
    await context.clearCookies();
    await context.setOffline(false);
    await page.goto(`${server.origin}/trips`);
    await page.getByRole('link', { name: site.session.signIn }).waitFor();
    assert.deepEqual(await keptIn(page), []);
    assert.equal((await bookingOf(opened)).bookingRef, 'MINE1234');
    await context.close();
  });

  test('it can be installed: a manifest, icons of the size they say, a worker for the whole page', async () => {
    const context = await openContext(browser, { width: 360, locale: 'en-IN', worker: true });
    const page = await context.newPage();
    await page.goto(server.origin);
    const scope = await page.evaluate<string>('navigator.serviceWorker.ready.then(({ scope }) => scope)');
    assert.equal(scope, `${server.origin}/`);
    const session = await context.newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    assert.deepEqual([url, errors], [`${server.origin}/manifest.webmanifest`, []]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // The tests browse incognito.
    assert.deepEqual(
      installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
      [],
    );
    const { icons } = JSON.parse(data ?? '') as { icons: { src: string; sizes: string; type: string }[] };
    for (const { src, sizes, type } of icons) {
      const answer = await fetch(server.origin + src);
      assert.equal(answer.headers.get('content-type'), type);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (type === 'image/png')
        assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    }
    await context.close();
  });
});
