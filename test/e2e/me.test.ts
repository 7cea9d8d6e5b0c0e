/** The page about its traveller, and what the pages that keep a journey say when something is in the way. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Profile } from '../../src/features/accounts/contract.ts';
import { openBrowser, withoutChromium } from './browser.ts';
import { accountOf, dayAhead, keepTrip, type Look, openContext, pageWords, settled } from './keeping.ts';
import { axeViolations, checkPage, logOf } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';

let server: RunningServer;
let browser: Browser;

const looks: readonly Look[] = [
  { width: 360, locale: 'hi-IN' },
  { width: 1280, locale: 'en-IN', dark: true },
];

describe('me, and what may be in the way', { skip: withoutChromium, timeout: 600_000 }, () => {
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const look of looks)
    test(`profile: told, taken back, agreed to, signed out elsewhere, erased; ${look.width} px, ${look.locale}`, async () => {
      const { profile: words, site } = pageWords[look.locale];
      const account = await accountOf(server, `me.${look.width}@example.org`);
      await accountOf(server, account.email);
      const told = () => account.call<Profile>('GET', 'me');
      const context = await openContext(browser, look);
      await account.enter(context);
      const page = await context.newPage();
      const log = logOf(page, server.origin);
      await page.goto(`${server.origin}/me`);
      await settled(page);
      await checkPage(page, `me-${look.width}-${look.locale}`);

      await page.getByLabel(words.about.phone, { exact: true }).fill('9812345678');
      const save = (part: { readonly title: string }) =>
        page.getByRole('button', { name: `${words.save} ${part.title}` }).click();
      await save(words.about);
      await page.getByText(words.about.phoneWrong).waitFor();
      await page.getByLabel(words.about.name, { exact: true }).fill('Asha');
      await page
        .getByLabel(words.about.phone, { exact: true })
        .fill(`+91 98123 4${look.width}`.padEnd(16, '5'));
      await page.getByLabel(words.about.profession, { exact: true }).selectOption('STUDENT');
      await save(words.about);
      await page.getByText(words.saved).waitFor();
      assert.deepEqual([(await told()).name, (await told()).profession], ['Asha', 'STUDENT']);

      await page.getByLabel(words.traveller.birthYear).fill('1999');
      await page.getByText(words.traveller.groups).click();
      await page.getByText(words.traveller.groupNames.SC_ST, { exact: true }).click();
      await checkPage(page, `me-open-${look.width}-${look.locale}`);
      await save(words.traveller);
      await page.getByText(words.saved).nth(1).waitFor();
      assert.deepEqual((await told()).traveller, { birthYear: 1999, groups: ['SC_ST'] });
      await page.getByRole('button', { name: site.toast.undo }).last().click();
      await page.getByText(words.back).waitFor();
      assert.deepEqual((await told()).traveller, {});

      const consent = page.getByRole('checkbox', { name: words.privacy.consent });
      await consent.check();
      await page.getByText(words.privacy.given).waitFor();
      assert.equal((await told()).analytics.consent, true);

      await page.getByRole('button', { name: words.sessions.end }).click();
      await page.getByText(words.sessions.ended).waitFor();
      assert.equal((await account.call<{ sessions: unknown[] }>('GET', 'me/sessions')).sessions.length, 1);

      await page.getByRole('button', { name: words.privacy.erase }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(words.privacy.address).fill('other@example.org');
      await dialog.getByRole('button', { name: words.privacy.eraseNow }).click();
      await page.getByText(words.privacy.wrong).waitFor();
      await checkPage(page, `me-erase-${look.width}-${look.locale}`);
      await dialog.getByLabel(words.privacy.address).fill(account.email);
      await dialog.getByRole('button', { name: words.privacy.eraseNow }).click();
      await page.getByText(words.privacy.erased).waitFor();
      await page.goto(`${server.origin}/me`);
      await page.getByRole('link', { name: site.session.signIn }).waitFor();
      assert.deepEqual(log, { foreign: [], errors: [] });
      await context.close();
    });

  test('no connection, too many requests, a session that has ended: each is said, and can be tried again', async () => {
    const { site, profile, lists } = pageWords['en-IN'];
    const account = await accountOf(server, 'states@example.org');
    await keepTrip(account, { origin: 'Noida', destination: 'Agra', date: dayAhead(9) });
    const context = await openContext(browser, { width: 360, locale: 'en-IN' });
    await account.enter(context);
    const page = await context.newPage();

    let limited = true;
    await page.route('**/api/v1/trips?*', (route) =>
      limited
        ? route.fulfill({
            status: 429,
            headers: { 'retry-after': '2', 'content-type': 'application/problem+json' },
            body: JSON.stringify({ title: 'Too many requests', code: 'RATE_LIMITED', status: 429 }),
          })
        : route.continue(),
    );
    await page.goto(`${server.origin}/trips`);
    await page.getByText(site.problem.limitedTitle).waitFor();
    const retry = page.getByRole('button', { name: site.problem.retry });
    assert.equal(await retry.isDisabled(), true);
    await checkPage(page, 'trips-limited-360');
    limited = false;
    await retry.click();
    await page.getByText('Noida → Agra').waitFor();

    // A write that does not wait for a connection: said in a message, and nothing has changed.
    await page.goto(`${server.origin}/me`);
    await settled(page);
    await page.getByLabel(profile.about.name, { exact: true }).fill('Asha');
    await context.setOffline(true);
    const save = page.getByRole('button', { name: `${profile.save} ${profile.about.title}` });
    await save.click();
    await page.getByText(site.problem.offlineTitle).waitFor();
    assert.equal(await page.getByLabel(profile.about.name, { exact: true }).inputValue(), 'Asha');
    assert.deepEqual(await axeViolations(page), []);
    await context.setOffline(false);
    await save.click();
    await page.getByText(profile.saved).waitFor();

    // A trip that this browser has never read.
    const other = await keepTrip(account, { origin: 'Noida', destination: 'Agra', date: dayAhead(19) });
    await page.route('**/api/v1/trips/*', (route) => route.abort());
    await page.goto(`${server.origin}/trips/${other.id}`);
    await page.getByText(site.problem.offlineTitle).waitFor();
    await checkPage(page, 'trip-offline-360');
    await page.unroute('**/api/v1/trips/*');

    await context.clearCookies();
    await page.goto(`${server.origin}/trips`);
    await page.getByText(site.session.needed).waitFor();
    assert.equal(
      await page.getByRole('link', { name: site.session.signIn }).getAttribute('href'),
      '/auth/signin?returnTo=%2Ftrips',
    );
    assert.equal(await page.getByText(lists.trips.view.past).count(), 0);
    await context.close();
  });
});
