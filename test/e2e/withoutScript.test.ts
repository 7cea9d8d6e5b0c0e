/** A search and a shared trip in a real browser that runs no script of a page. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, withoutChromium } from './browser.ts';
import { checkPage, logOf } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';
import { daysAhead, latinWords, type Look, lookName, looks, openPage } from './searchPage.ts';

let server: RunningServer;
let browser: Browser;
/** The words of the form and of what is asked for, in the order of the test. */
const says = {
  'en-IN': {
    link: 'Search without it',
    search: 'Search',
    bengaluru: 'Bengaluru',
    options: /^\d+ options$/,
    option: /^Option 1, [a-z ]+: [A-Z]/,
    legs: /^The \d+ legs$/,
    unknown: 'One of the places is not known. Try a city or a station, or its code.',
    to: 'Say where you go.',
  },
  'hi-IN': {
    link: 'उसके बिना खोजें',
    search: 'खोजें',
    bengaluru: 'बेंगलूरु',
    options: /^\d+ विकल्प$/,
    option: /^विकल्प 1, \S/u,
    legs: /^सभी \d+ चरण$/u,
    unknown: 'इनमें से एक जगह मालूम नहीं। कोई शहर, स्टेशन या उसका कोड आज़माएँ।',
    to: 'बताएँ कि कहाँ जाना है।',
  },
} as const;

/** The checks are scripts: they run on the same address in a context that allows them, where the page has none. */
async function checkTwin(page: Page, look: Look, state: string): Promise<void> {
  const twin = await openPage(browser, look);
  await twin.goto(page.url());
  assert.equal(await twin.locator('script, [style]').count(), 0);
  for (const summary of await twin.locator('summary').all()) await summary.click();
  await checkPage(twin, state);
  await twin.context().close();
}

const inOneLine = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByText(name).first().waitFor();
};

describe('without a script', { skip: withoutChromium, timeout: 300_000 }, () => {
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const look of looks)
    test(`from the first page to the legs of an option, and back from faults, ${lookName(look)}`, async () => {
      const words = says[look.locale];
      const page = await openPage(browser, { ...look, javaScriptEnabled: false });
      const log = logOf(page, server.origin);
      const check = (state: string) => checkTwin(page, look, `noscript-${state}-${lookName(look)}`);
      await page.goto(server.origin);
      await page.getByRole('link', { name: words.link }).click();
      await page.locator('#origin').waitFor();
      await check('form');

      await page.locator('#origin').fill('Noida');
      await page.locator('#destination').fill(words.bengaluru);
      await page.locator('#date').fill(daysAhead(9));
      await page.locator('#passengers').fill('2');
      await page.getByRole('button', { name: words.search }).press('Enter');
      await page.getByRole('heading', { level: 2, name: words.options }).waitFor();
      await page.getByRole('heading', { level: 3, name: words.option }).waitFor();
      await page.locator('summary', { hasText: words.legs }).first().click();
      await page.locator('.legs').first().waitFor();
      assert.equal(await page.locator('#passengers').inputValue(), '2', 'the form keeps what was asked');
      await check('results');
      if (look.locale === 'hi-IN') {
        const left = (await latinWords(page)).filter((word) => !/^[A-Z]{2,4}$/.test(word));
        assert.deepEqual(left.toSorted(), ['RouteStitch']);
      }

      await page.locator('#origin').fill('Xyzzyville');
      await page.getByRole('button', { name: words.search }).press('Enter');
      await page.getByRole('alert').getByText(words.unknown).waitFor();
      await page.getByText('PLACE_NOT_FOUND').waitFor();
      assert.equal(await page.locator('#origin').inputValue(), 'Xyzzyville');
      await check('unknown');

      // As an address that somebody wrote by hand.
      await page.goto(`${server.origin}/search?origin=Noida&passengers=99`);
      await page.getByRole('link', { name: words.to }).press('Enter');
      assert.equal(await page.locator('#destination').getAttribute('aria-invalid'), 'true');
      assert.deepEqual(log.foreign, []);
      await page.context().close();
    });

  test('a link to a search of the full page is searched, with its stops and their stays', async () => {
    const page = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(
      `${server.origin}/?origin=Noida&destination=Jodhpur&date=${daysAhead(9)}&stop=Jaipur%3A240`,
    );
    await page.getByRole('link', { name: 'Search without it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Noida → Jodhpur' }).waitFor();
    await inOneLine(page, /^Option 1/);
    assert.equal(await page.locator('#stop0').inputValue(), 'Jaipur');
    assert.equal(await page.locator('#stay0').inputValue(), '240');
    await page.context().close();
  });

  test('too many searches: the page says how long to wait, with the status and the headers of the problem', async () => {
    const url = `${server.origin}/search?origin=Xyzzy&destination=Xyzzy`;
    let response = await fetch(url);
    for (let asked = 1; asked < 200 && response.status !== 429; asked += 1) {
      response = await fetch(url);
      await response.text();
    }
    assert.equal(response.status, 429);
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /default-src 'none'; script-src 'self'/,
    );
    const page = await openPage(browser, { javaScriptEnabled: false });
    assert.equal((await page.goto(url))?.status(), 429);
    await inOneLine(page, /^Try again in \d+ seconds\.$/);
    await checkTwin(page, looks[0]!, 'noscript-limited');
    await page.context().close();
  });
});
