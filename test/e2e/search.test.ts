/** The search page in a real browser against the real server: keyboard, every state, narrow and wide, light and dark. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, withoutChromium } from './browser.ts';
import { axeViolations, checkPage, logOf, overflow, smallTargets } from './pageChecks.ts';
import { startServer } from './runningServer.ts';
import type { RunningServer } from './runningServer.ts';

const schemes = ['light', 'dark'] as const;
const viewports = [
  { width: 360, height: 740 },
  { width: 1280, height: 900 },
];
const unknownPlace = 'Qxzzvwy';

let server: RunningServer;
let browser: Browser;

const openPage = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
  const context = await browser.newContext({ locale: 'en-IN', timezoneId: 'Asia/Kolkata', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
};

/** Presses Tab until the element has focus, as someone without a mouse would. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

/** Types, waits for the suggestion as a person would, goes down to it and picks it once it is highlighted. */
async function pickFirst(page: Page, text: string, name: string): Promise<void> {
  await page.keyboard.type(text);
  await page.getByRole('option', { name }).first().waitFor();
  const highlighted = page.getByRole('option', { name, selected: true });
  for (let presses = 0; presses < 8 && (await highlighted.count()) === 0; presses += 1)
    await page.keyboard.press('ArrowDown');
  await highlighted.waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
}

/** Waits until a text of the page is as expected; asked from here, because the page's policy forbids `eval`. */
async function shows(read: () => Promise<string | undefined>, expected: string): Promise<void> {
  const limit = Date.now() + 20_000;
  while ((await read()) !== expected) {
    assert.ok(Date.now() < limit, `"${expected}" is never shown, but "${await read()}"`);
    await sleep(50);
  }
}
const fieldShows = (page: Page, name: string, text: string): Promise<void> =>
  shows(() => page.locator(`input[name=${name}]`).inputValue(), text);

const focused = (page: Page): Promise<string> =>
  page.evaluate<string>('document.activeElement.tagName.toLowerCase()');

describe('search page', { skip: withoutChromium, timeout: 600_000 }, () => {
  before(async () => {
    // One after the other: a browser opened beside a server that fails would keep the process alive.
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const viewport of viewports)
    for (const colorScheme of schemes)
      test(`by keyboard from the empty form to the details, ${viewport.width} px, ${colorScheme}`, async () => {
        const page = await openPage({ viewport, colorScheme, reducedMotion: 'reduce' });
        const log = logOf(page, server.origin);
        const check = (state: string) => checkPage(page, `search-${state}-${viewport.width}-${colorScheme}`);
        await page.goto(server.origin);
        await check('empty');

        await tabTo(page, 'input[name=origin]');
        await page.keyboard.type('Noi');
        await page.getByRole('option').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await check('suggestions');
        await page.keyboard.press('Escape');
        await pickFirst(page, 'da', 'Noida');
        await fieldShows(page, 'origin', 'Noida');
        await tabTo(page, 'input[name=destination]');
        await pickFirst(page, 'Bangalore', 'Bengaluru');
        await fieldShows(page, 'destination', 'Bengaluru');
        await tabTo(page, 'button[aria-pressed=false]');
        await page.keyboard.press('Space');
        await tabTo(page, 'button[type=submit]');
        assert.equal(new URL(page.url()).search, '', 'nothing is searched before the button is pressed');
        await page.keyboard.press('Enter');

        await page.getByRole('article').first().waitFor();
        assert.equal(await focused(page), 'h2');
        assert.ok((await page.getByRole('article').count()) >= 5, 'at least five options');
        assert.match(
          await page.getByRole('article').first().getByRole('heading', { level: 3 }).innerText(),
          /^Option 1, [a-z ]+: [a-z, ]+, leaves \w{3} \d\d:\d\d, arrives \w{3} \d\d:\d\d, .*about ₹/,
        );
        await check('results');

        const details = page.getByRole('button', { name: /option 1$/ });
        await details.focus();
        await page.keyboard.press('Enter');
        assert.equal(await details.getAttribute('aria-expanded'), 'true');
        await page.getByRole('table').waitFor();
        await check('details');
        assert.deepEqual(log, { foreign: [], errors: [] });
        await page.context().close();
      });

  for (const viewport of viewports)
    for (const colorScheme of schemes)
      test(`an unknown place keeps the form and names the code, ${viewport.width} px, ${colorScheme}`, async () => {
        const page = await openPage({ viewport, colorScheme, reducedMotion: 'reduce' });
        await page.goto(`${server.origin}/?origin=${unknownPlace}&destination=Bangalore`);
        await page.getByText('PLACE_NOT_FOUND').waitFor();
        assert.equal(await page.locator('input[name=origin]').inputValue(), unknownPlace);
        await checkPage(page, `search-error-${viewport.width}-${colorScheme}`);
        await page.context().close();
      });

  test('a link shows the same search again, with its order and its opened option', async () => {
    const page = await openPage();
    await page.goto(`${server.origin}/?origin=Noida&destination=Bangalore&passengers=2&preference=CHEAPEST`);
    await page.getByRole('article').first().waitFor();
    assert.match(await page.getByRole('heading', { level: 3 }).first().innerText(), /cheapest.* for 2/);
    await page.getByRole('radiogroup', { name: 'Order' }).getByText('Fastest').click();
    assert.match(await page.getByRole('heading', { level: 3 }).first().innerText(), /^Option 1, fastest/);
    await page.getByRole('button', { name: /option 2$/ }).click();
    const opened = await page.getByRole('heading', { level: 3 }).nth(1).innerText();
    const link = page.url();
    await page.context().close();

    const again = await openPage();
    await again.goto(link);
    await again.getByRole('table').waitFor();
    assert.equal(await again.getByRole('heading', { level: 3 }).nth(1).innerText(), opened);
    assert.equal(await again.getByRole('button', { expanded: true, name: /option 2$/ }).count(), 1);
    await again.context().close();
  });

  test('an incomplete form says what is missing and goes there', async () => {
    const page = await openPage();
    await page.goto(server.origin);
    await page.locator('input[name=origin]').fill('Noida');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search' }).click();
    const field = page.locator('input[name=destination]');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await page.evaluate<string>('document.activeElement.name'), 'destination');
    const note = await field.getAttribute('aria-describedby');
    assert.equal(await page.locator(`[id="${note}"]`).innerText(), 'Enter where the journey ends.');
    assert.deepEqual(await axeViolations(page), []);
    await page.context().close();
  });

  test('typed texts are searched as they are, and come back as recents that only fill the form', async () => {
    const page = await openPage();
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

  test('a highlighted suggestion stays highlighted when a later list puts it elsewhere', async () => {
    const page = await openPage();
    let answerLater = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answerLater = resolve;
    });
    // "Del" lists the airport DEL before the city, "Delh" the city first: its answer is held back.
    await page.route('**/places?q=Delh', async (route) => held.then(() => route.continue()));
    await page.goto(server.origin);
    await tabTo(page, 'input[name=origin]');
    await page.keyboard.type('Del');
    await page
      .getByRole('option', { name: /Airport/ })
      .first()
      .waitFor();
    const asked = page.waitForRequest('**/places?q=Delh');
    await page.keyboard.type('h');
    await asked;
    const names = (): Promise<string[]> => page.getByRole('option').allInnerTexts();
    const before = await names();
    const city = before.findIndex((text) => /^Delhi\n*City/.test(text));
    assert.ok(city > 0, before.join(' | '));
    for (let presses = 0; presses <= city; presses += 1) await page.keyboard.press('ArrowDown');
    const highlighted = page.getByRole('option', { selected: true });
    assert.equal(await highlighted.innerText(), before[city]);
    answerLater();
    await shows(async () => (await names())[0], before[city]!);
    await highlighted.waitFor();
    assert.equal(await highlighted.innerText(), before[city]);
    await page.keyboard.press('Enter');
    await fieldShows(page, 'origin', 'Delhi');
    await page.context().close();
  });

  test('without a connection the search is kept and can be tried again', async () => {
    const page = await openPage();
    await page.goto(server.origin);
    await page.locator('input[name=origin]').fill('Noida');
    await page.locator('input[name=destination]').fill('Bangalore');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('article').first().waitFor();
    await page.context().close();
  });

  test('the checks see planted faults', async () => {
    const page = await openPage({ viewport: viewports[0]!, bypassCSP: true });
    const log = logOf(page, server.origin);
    await page.goto(server.origin);
    await page.evaluate(`
      document.querySelector('main').insertAdjacentHTML('beforeend',
        '<button style="width:400px;height:20px"></button><p style="color:#999;background:#fff">pale</p>');
      fetch('http://127.0.0.1:9/').catch(() => {});
      setTimeout(() => { throw new Error('planted') });`);
    const violations = await axeViolations(page);
    assert.ok(violations.some((text) => text.startsWith('button-name')));
    assert.ok(violations.some((text) => text.startsWith('color-contrast')));
    assert.ok((await overflow(page)) > 0);
    assert.equal((await smallTargets(page)).length, 1);
    assert.deepEqual(log.foreign, ['http://127.0.0.1:9/']);
    assert.ok(log.errors.includes('planted'));
    await page.context().close();
  });
});
