/** The pages that keep a journey, in a real browser against the real server: booked, undone, shared, deleted. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Trip } from '../../src/features/trips/contract.ts';
import { sized } from '../assurance/sizes.ts';
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
  tabTo,
} from './keeping.ts';
import { checkPage, logOf, type PageLog } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';
import { shows } from './searchPage.ts';

let server: RunningServer;
let browser: Browser;

/** Stands where a hand-off would leave this machine: says where it leads. */
async function withoutPlatforms(context: BrowserContext): Promise<void> {
  await context.route('**/out/*', async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    const body = `<title>${answer.status()} ${answer.headers()['location']}</title>`;
    await route.fulfill({ contentType: 'text/html', body });
  });
}

interface Story {
  readonly look: Look;
  readonly account: Account;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly log: PageLog;
  readonly trip: Trip;
  readonly check: (state: string) => Promise<void>;
}

async function story(look: Look, email: string): Promise<Story> {
  const account = await accountOf(server, email);
  const trip = await keepTrip(account, { origin: 'Noida', destination: 'Bengaluru', date: dayAhead(14) });
  const context = await openContext(browser, look);
  await withoutPlatforms(context);
  await account.enter(context);
  const page = await context.newPage();
  const log = logOf(page, server.origin);
  const check = (state: string) => checkPage(page, `trip-${state}-${look.width}-${look.locale}`);
  await page.goto(`${server.origin}/trips/${trip.id}`);
  await settled(page);
  return { look, account, context, page, log, trip, check };
}

const clicked = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

/** The button of a dialog, which is not that of the page behind. */
const inDialog = (page: Page, name: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

/** The button beside a message. */
const undo = (page: Page, message: string, name: string): Promise<void> =>
  page.getByText(message, { exact: true }).locator('..').getByRole('button', { name, exact: true }).click();

async function markAndUndo({ page, look, trip, check }: Story): Promise<void> {
  const { booking, mark, leg } = pageWords[look.locale].trip;
  const { toast } = pageWords[look.locale].site;
  const train = trip.bookingLegs.findIndex(({ mode }) => mode === 'train') + 1;
  await clicked(page, `${booking.mark} ${leg(train)}`);
  await page.getByRole('dialog').waitFor();
  await page.getByLabel(mark.cost).fill('two rupees');
  await inDialog(page, mark.save);
  await page.getByText(mark.costWrong).waitFor();
  await check('mark');
  await page.getByLabel(mark.platform, { exact: true }).fill('IRCTC');
  await page.getByLabel(mark.reference).fill('4512345678');
  await page.getByLabel(mark.cost).fill('2,120.50');
  await page.getByLabel(mark.fareClass, { exact: true }).selectOption('3A');
  await inDialog(page, mark.save);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(booking.reference('•••5678')).waitFor();
  assert.equal(await page.getByText('4512345678').count(), 0, 'the number is not shown');
  await page.getByText('IRCTC · 3A').waitFor();
  await check('booked');
  await undo(page, booking.marked(leg(train)), toast.undo);
  await page.getByText(booking.reference('•••5678')).waitFor({ state: 'detached' });
}

async function bookAtPlatform({ page, context, look, check }: Story): Promise<void> {
  const { booking, mark } = pageWords[look.locale].trip;
  await clicked(page, new RegExp(`^${booking.bookAt}`));
  const platforms = page.getByRole('list', { name: /./ }).locator('.platform');
  await platforms.first().waitFor();
  const count = await platforms.count();
  assert.ok(count >= 2 && count <= 4, `${count} platforms`);
  await check('platforms');
  const first = platforms.first();
  assert.match(await first.innerText(), new RegExp(booking.newTab));
  const [tab] = await Promise.all([context.waitForEvent('page'), first.click()]);
  await tab.waitForURL('**/out/*');
  assert.match(await tab.title(), /^302 https:\/\/[a-z.]+\//);
  assert.equal(await tab.evaluate('opener'), null);
  await tab.close();
  await page.bringToFront();
  await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
  await page.getByRole('button', { name: booking.yes }).click();
  const filled = await page.getByLabel(mark.platform, { exact: true }).inputValue();
  assert.ok((await first.innerText()).startsWith(filled) && filled !== '', filled);
  await inDialog(page, mark.save);
  await page.getByRole('button', { name: booking.yes }).waitFor({ state: 'detached' });
}

async function replan({ page, look, trip, check }: Story): Promise<void> {
  const { replan: words, leg } = pageWords[look.locale].trip;
  const { toast } = pageWords[look.locale].site;
  const train = trip.bookingLegs.findIndex(({ mode }) => mode === 'train') + 1;
  await clicked(page, `${words.open} ${leg(train)}`);
  const dialog = page.getByRole('dialog');
  await dialog.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  if ((await dialog.getByRole('listitem').count()) === 0) {
    await dialog.getByText(words.earlier).click();
    await dialog.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  }
  await check('replan');
  const option = dialog.getByRole('listitem').first();
  if ((await option.count()) === 0) return dialog.getByText(words.none).waitFor();
  await option.getByRole('button').click();
  await page.getByText(words.done).waitFor();
  await undo(page, words.done, toast.undo);
  await page.getByText(words.undone).waitFor();
}

/** The shared page as somebody reads it who has nothing but the link. */
async function share({ page, look, trip, check }: Story): Promise<void> {
  const { share: words, actions } = pageWords[look.locale].trip;
  await clicked(page, actions.share);
  await inDialog(page, words.make);
  const link = await page.getByLabel(words.link, { exact: true }).inputValue();
  assert.ok(link.startsWith(`${server.origin}/shared/`));
  await check('share');
  const stranger = await openContext(browser, look);
  const shown = await stranger.newPage();
  const log = logOf(shown, server.origin);
  await shown.goto(link);
  await shown.getByRole('heading', { level: 1, name: trip.destination.name }).waitFor();
  assert.equal(await shown.locator('script').count(), 0);
  assert.doesNotMatch(await shown.content(), /4512345678|2120|asha\./);
  await checkPage(shown, `trip-shared-${look.width}-${look.locale}`);
  await page.getByRole('dialog').getByRole('button', { name: words.revoke }).click();
  await page.getByText(words.revoked).waitFor();
  assert.equal((await shown.reload())?.status(), 404);
  await checkPage(shown, `trip-shared-nothing-${look.width}-${look.locale}`);
  // The status of the page that is not there any more is what was asked for.
  assert.deepEqual([log.foreign, log.errors.filter((error) => !error.includes('404'))], [[], []]);
  await stranger.close();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function calendar({ page, look, check }: Story): Promise<void> {
  const { calendar: words, actions } = pageWords[look.locale].trip;
  await clicked(page, actions.calendar);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: words.download }).click(),
  ]);
  assert.match(await readFile(await download.path(), 'utf8'), /^BEGIN:VCALENDAR/);
  await inDialog(page, words.make);
  const address = await page.getByLabel(words.address, { exact: true }).inputValue();
  assert.match(await (await fetch(address)).text(), /^BEGIN:VCALENDAR/);
  assert.match((await page.getByRole('link', { name: words.open }).getAttribute('href')) ?? '', /^webcal:/);
  await check('calendar');
  await page.keyboard.press('Escape');
}

const looks = sized<readonly Look[]>(
  [{ width: 360, locale: 'en-IN' }],
  [
    { width: 360, locale: 'en-IN' },
    { width: 1280, locale: 'hi-IN', dark: true },
  ],
);

describe('keeping a journey', { skip: withoutChromium, timeout: 600_000 }, () => {
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const look of looks)
    test(`a trip: booked, undone, handed over, replanned, shared, in the calendar; ${look.width} px, ${look.locale}`, async () => {
      const told = await story(look, `asha.${look.width}@example.org`);
      const { page, log, context, check } = told;
      const { next, leg } = pageWords[look.locale].trip;
      assert.match(
        await page.getByRole('heading', { level: 2 }).first().innerText(),
        new RegExp(next.book(leg(2)).replace('2', '\\d')),
      );
      await check('page');
      await markAndUndo(told);
      await replan(told);
      await bookAtPlatform(told);
      await share(told);
      await calendar(told);
      assert.deepEqual(log, { foreign: [], errors: [] });
      await context.close();
    });

  test('by keyboard alone: the dialog keeps the focus, gives it back, and the booking is undone', async () => {
    const { page, context } = await story({ width: 1280, locale: 'en-IN' }, 'kiran@example.org');
    await tabTo(page, '.primary + button');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await shows(() => page.evaluate<string>('document.activeElement.innerText'), /^Mark as booked/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, 'input[name=platform]');
    await page.keyboard.type('Counter');
    await tabTo(page, 'input[name=bookingRef]');
    await page.keyboard.type('AB1234');
    await page.keyboard.press('Enter');
    await page.getByText('PNR •••234').waitFor();
    await tabTo(page, '.toast-action');
    await page.keyboard.press('Enter');
    await page.getByText('PNR •••234').waitFor({ state: 'detached' });
    await context.close();
  });

  test('lists: what is ahead first, page by page; a route is kept, searched again and deleted with a way back', async () => {
    const look = { width: 360, locale: 'en-IN' } as const;
    const { account, context, page, trip, log } = await story(look, 'lata@example.org');
    const { lists, trip: words, site } = pageWords[look.locale];
    await account.call('POST', 'saved-routes', {
      name: 'Home for Diwali',
      origin: trip.origin,
      destination: trip.destination,
      route: trip.selectedRoute,
    });
    for (let at = 0; at < 21; at += 1)
      await account.call('POST', 'trips', {
        origin: trip.origin,
        destination: trip.destination,
        date: dayAhead(20 + at),
      });
    await page.goto(`${server.origin}/trips`);
    await settled(page);
    const rows = page.locator('main li a[href^="/trips/c"]');
    assert.equal(await rows.first().getAttribute('href'), `/trips/${trip.id}`, 'the soonest first');
    assert.equal(await rows.count(), 20);
    await checkPage(page, 'lists-trips-360');
    await page.getByRole('button', { name: lists.trips.more }).click();
    await rows.nth(21).waitFor();
    for (const view of ['now', 'past', 'archive'] as const) {
      await page.getByRole('link', { name: lists.trips.view[view] }).click();
      await page.getByText(lists.trips.empty[view]).waitFor();
    }
    await checkPage(page, 'lists-empty-360');

    await page.getByRole('link', { name: site.tabs.saved }).click();
    await page.getByText('Home for Diwali').first().waitFor();
    await checkPage(page, 'lists-saved-360');
    await page.getByRole('button', { name: lists.saved.rename }).click();
    await page.getByLabel(lists.saved.name, { exact: true }).fill('Home');
    await checkPage(page, 'lists-rename-360');
    await inDialog(page, lists.saved.save);
    await page
      .getByRole('paragraph')
      .filter({ hasText: /^Home$/ })
      .waitFor();
    await page.getByRole('button', { name: lists.saved.remove }).click();
    await page.getByText(lists.saved.empty).waitFor();
    await undo(page, lists.saved.removed('Home'), site.toast.undo);
    const run = page.getByRole('link', { name: lists.saved.run });
    await run.click();
    await page.getByRole('article').first().waitFor();
    assert.match(page.url(), /origin=Noida/);
    const kept = await account.call<{ savedRoutes: { timesUsed: number; name: string }[] }>(
      'GET',
      'saved-routes',
    );
    assert.deepEqual(
      kept.savedRoutes.map(({ timesUsed, name }) => [timesUsed, name]),
      [[1, 'Home']],
    );

    // Deleted when the page is left before its message goes.
    await page.goto(`${server.origin}/trips/${trip.id}`);
    await settled(page);
    await page.getByRole('button', { name: words.actions.more }).click();
    await checkPage(page, 'trip-more-360');
    await page.getByRole('button', { name: words.actions.remove }).click();
    await page.getByText(words.actions.removed).waitFor();
    assert.equal(await page.locator(`a[href="/trips/${trip.id}"]`).count(), 0);
    assert.equal((await account.call<Trip>('GET', `trips/${trip.id}`)).id, trip.id, 'not yet');
    await page.goto(`${server.origin}/about-data`);
    await page.goto(`${server.origin}/trips/${trip.id}`);
    // The browser sends it while the page goes; this one may have been asked for before it came.
    for (let turn = 0; turn < 20 && (await page.getByText(words.goneText).count()) === 0; turn += 1) {
      await page.reload();
      await settled(page);
    }
    await page.getByRole('heading', { level: 1, name: words.gone }).waitFor();
    await checkPage(page, 'trip-gone-360');
    assert.deepEqual(log, { foreign: [], errors: [] });
    await context.close();
  });
});
