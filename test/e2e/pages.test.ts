/** The frame round every page: going from page to page, languages, colours, the style guide. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, withoutChromium } from './browser.ts';
import { checkPage, logOf } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';

let server: RunningServer;
let browser: Browser;

const open = async (path: string, width: number, locale = 'en-IN', dark = false): Promise<Page> => {
  const context = await browser.newContext({
    serviceWorkers: 'block',
    locale,
    viewport: { width, height: 740 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin + path);
  return page;
};
const title = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.innerText');
const background = (page: Page): Promise<string> =>
  page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');

describe('pages', { skip: withoutChromium, timeout: 300_000 }, () => {
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const [width, locale, dark] of [
    [360, 'hi-IN', true],
    [1280, 'en-IN', false],
  ] as const)
    test(`every page holds, ${width} px, ${locale}`, async () => {
      const page = await open('/style-guide', width, locale, dark);
      const log = logOf(page, server.origin);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button', { name: /^(Undo|वापस लें)$/ }).click();
      await page.getByRole('status').getByRole('button').first().waitFor();
      await checkPage(page, `pages-style-guide-${width}-${locale}`);
      await page.getByRole('button', { name: /^(Pages|पेज)$/ }).press('Enter');
      await page.getByRole('dialog').waitFor();
      await checkPage(page, `pages-popover-${width}-${locale}`);
      await page.keyboard.press('Escape');
      await page.locator('input[role=combobox]').press('ArrowDown');
      await page.getByRole('option').first().waitFor();
      await checkPage(page, `pages-combobox-${width}-${locale}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^(About the data|आँकड़ों के बारे में)$/ }).press('Enter');
      await page.getByRole('dialog').waitFor();
      await checkPage(page, `pages-sheet-${width}-${locale}`);
      for (const path of [
        '/trips',
        '/saved',
        '/me',
        '/about-data',
        '/operator',
        '/offline',
        '/no/such/page',
      ]) {
        await page.goto(server.origin + path);
        await page.locator('h1').waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        await checkPage(page, `pages${path.replaceAll('/', '-')}-${width}-${locale}`);
      }
      assert.deepEqual(log, { foreign: [], errors: [] });
      await page.context().close();
    });

  test('links go from page to page without a new document, and focus and title follow', async () => {
    const page = await open('/', 360);
    await page.evaluate('window.sameDocument = true');
    await page.getByRole('link', { name: 'Me', exact: true }).click();
    await page.getByRole('button', { name: 'हिन्दी' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Me' }).waitFor();
    assert.equal(await focused(page), 'Me');
    assert.equal(await page.title(), 'Me · RouteStitch');
    assert.equal(
      await page.getByRole('link', { name: 'Me', exact: true }).getAttribute('aria-current'),
      'page',
    );
    await page.goBack();
    await page.getByRole('heading', { name: 'Plan a journey' }).waitFor();
    assert.equal(await page.evaluate('window.sameDocument'), true);
    // Pages of the server are documents.
    await page.getByRole('link', { name: 'HTTP interface' }).click();
    await page.waitForURL('**/api/docs');
    assert.equal(await page.evaluate('window.sameDocument ?? null'), null);
    await page.context().close();
  });

  test('a chosen language and chosen colours hold, here and on the next visit', async () => {
    const page = await open('/me', 1280);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en-IN');
    const light = await background(page);
    await page.getByRole('radiogroup', { name: 'Language' }).getByText('हिन्दी').click();
    await page.getByRole('heading', { level: 1, name: 'मैं' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'hi-IN');
    await page.getByText('गहरे').click();
    const dark = await background(page);
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await title(page), 'मैं');
    assert.equal(await background(page), dark);
    const cookies = await page.context().cookies();
    assert.equal(cookies.find(({ name }) => name === 'lang')?.value, 'hi');
    await page.goto(`${server.origin}/me?lang=en`);
    assert.equal(await title(page), 'Me');
    await page.context().close();
  });
});
