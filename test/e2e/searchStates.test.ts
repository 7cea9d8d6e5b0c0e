/** Every state that a search can be in, each with a way on. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, withoutChromium } from './browser.ts';
import { axeViolations, checkPage } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';
import { daysAhead, lookName, looks, openPage, shows } from './searchPage.ts';

const unknownPlace = 'Qxzzvwy';

let server: RunningServer;
let browser: Browser;

const link = (more = ''): string =>
  `${server.origin}/?origin=Noida&destination=Bengaluru&date=${daysAhead(9)}${more}`;

/** Answers the first search so, instead of the server; the next ones go through. */
async function answerOnce(
  page: Page,
  answer: { status: number; headers?: Record<string, string>; body: object },
): Promise<void> {
  await page.route(
    '**/api/v1/search',
    (route) =>
      route.fulfill({
        status: answer.status,
        headers: { 'content-type': 'application/problem+json', ...answer.headers },
        body: JSON.stringify(answer.body),
      }),
    { times: 1 },
  );
}

describe('states of a search', { skip: withoutChromium, timeout: 600_000 }, () => {
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const look of looks)
    test(`an unknown place keeps the form and names the code, ${lookName(look)}`, async () => {
      const page = await openPage(browser, look);
      await page.goto(`${server.origin}/?origin=${unknownPlace}&destination=Bangalore`);
      await page.getByText('PLACE_NOT_FOUND').waitFor();
      assert.equal(await page.locator('input[name=origin]').inputValue(), unknownPlace);
      await checkPage(page, `search-error-${lookName(look)}`);
      await page.context().close();
    });

  test('while it searches, cards of the right height stand in for the options, and it can be stopped', async () => {
    const page = await openPage(browser, { width: 360 });
    await page.clock.install();
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/api/v1/search', (route) => held.then(() => route.abort()), { times: 1 });
    await page.goto(link());
    await page.getByText('Trains, buses, flights, connections…').waitFor();
    assert.equal(await page.locator('[aria-busy=true]').count(), 1);
    await checkPage(page, 'search-searching-360');
    await page.clock.fastForward(6000);
    await page.getByRole('button', { name: 'Stop' }).press('Enter');
    await page.getByText('The search was stopped.').waitFor();
    goOn();
    await page.getByRole('button', { name: 'Search again' }).press('Enter');
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('too many searches: a countdown, then it may be tried again', async () => {
    const page = await openPage(browser);
    await answerOnce(page, {
      status: 429,
      headers: { 'retry-after': '3' },
      body: { title: 'Too many requests', status: 429, code: 'RATE_LIMITED', requestId: 'r1' },
    });
    await page.goto(link());
    await page.getByText(/You can try again in \d seconds?\./).waitFor();
    const retry = page.getByRole('button', { name: 'Try again' });
    assert.equal(await retry.isDisabled(), true);
    await checkPage(page, 'search-limited-1280');
    await page.getByText('You can try again now.').waitFor();
    await retry.press('Enter');
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('a failure of the server: code, request and another try', async () => {
    const page = await openPage(browser);
    await answerOnce(page, {
      status: 503,
      body: {
        title: 'Not available',
        status: 503,
        code: 'UNAVAILABLE',
        requestId: 'r2',
        detail: 'Shut down',
      },
    });
    await page.goto(link());
    await page.getByText('UNAVAILABLE').waitFor();
    await page.getByText('r2').waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('without a connection the search is kept and can be tried again', async () => {
    const page = await openPage(browser);
    await page.goto(server.origin);
    await page.locator('input[name=origin]').fill('Noida');
    await page.locator('input[name=destination]').fill('Bangalore');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
    await checkPage(page, 'search-offline-1280');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('an old, unfinished answer says so and is asked for again', async () => {
    const page = await openPage(browser);
    await page.route(
      '**/api/v1/search',
      async (route) => {
        const response = await route.fetch();
        const answer = (await response.json()) as object;
        const generatedAt = new Date(Date.now() - 20 * 60_000).toISOString();
        await route.fulfill({ response, json: { ...answer, generatedAt, partial: true } });
      },
      { times: 1 },
    );
    await page.goto(link());
    await page.getByText('Times and prices from 20 min ago.').waitFor();
    await page.getByText('Not every part of the search finished').waitFor();
    await checkPage(page, 'search-stale-1280');
    await page.getByRole('button', { name: 'Search again' }).press('Enter');
    await page.getByText('Times and prices from').waitFor({ state: 'detached' });
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('nothing found: what has an answer instead, one press away', async () => {
    const page = await openPage(browser, { width: 360 });
    await page.goto(link('&modes=metro'));
    await page.getByRole('heading', { name: 'No journey found from Noida to Bengaluru' }).waitFor();
    await checkPage(page, 'search-empty-360');
    await page.getByRole('button', { name: /^Travel by .*: there is a way$/ }).press('Enter');
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('an incomplete form says what is missing and goes there', async () => {
    const page = await openPage(browser);
    await page.goto(server.origin);
    await page.locator('input[name=origin]').fill('Noida');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const field = page.locator('input[name=destination]');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await page.evaluate<string>('document.activeElement.name'), 'destination');
    const note = await field.getAttribute('aria-describedby');
    assert.equal(await page.locator(`[id="${note}"]`).innerText(), 'Enter where the journey ends.');
    assert.deepEqual(await axeViolations(page), []);
    await page.context().close();
  });

  test('typed texts are searched as they are, and come back as recents that only fill the form', async () => {
    const page = await openPage(browser);
    await page.goto(server.origin);
    await page.locator('input[name=origin]').fill('noida');
    await page.locator('input[name=destination]').fill('Bangalore');
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().waitFor();
    assert.match(await page.locator('main').innerText(), /“Bangalore” was taken as Bengaluru/);
    await page.goto(server.origin);
    await page.getByRole('button', { name: /noida.*Bangalore/ }).click();
    assert.equal(await page.locator('input[name=origin]').inputValue(), 'noida');
    assert.equal(await page.getByRole('article').count(), 0);
    await page.context().close();
  });

  test('a link shows the same search again, with its order and its opened option', async () => {
    const page = await openPage(browser);
    await page.goto(link('&passengers=2&sort=FASTEST'));
    await page.getByRole('button', { name: 'Details for option 2' }).click();
    const heading = page.getByRole('heading', { level: 3, name: /^Option 2/ });
    const opened = await heading.innerText();
    const url = page.url();
    await page.context().close();
    const again = await openPage(browser);
    await again.goto(url);
    await again.getByRole('button', { expanded: true, name: 'Hide for option 2' }).waitFor();
    assert.equal(await again.getByRole('heading', { level: 3, name: /^Option 2/ }).innerText(), opened);
    await again.context().close();
  });

  test('the place where one is can be taken, or it is said that the device does not tell', async () => {
    const page = await openPage(browser, {
      width: 360,
      geolocation: { latitude: 28.57, longitude: 77.326 },
      permissions: ['geolocation'],
    });
    await page.goto(server.origin);
    await page.locator('input[name=origin]').click();
    await page.getByRole('option', { name: 'Use my location' }).click();
    await shows(() => page.locator('input[name=origin]').inputValue(), 'My location');
    await page.locator('input[name=destination]').fill('Agra');
    await page.keyboard.press('Enter');
    await page.getByRole('article').first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get('originAt'), '28.57,77.326,here');
    await page.context().clearPermissions();
    await page.goto(server.origin);
    await page.locator('input[name=origin]').click();
    await page.getByRole('option', { name: 'Use my location' }).click();
    await page.getByText('Your device did not say where it is.').waitFor();
    await page.context().close();
  });
});
