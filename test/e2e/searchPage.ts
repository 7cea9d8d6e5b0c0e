/** What the tests of the search page do with it, as a person without a mouse would. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { drill } from '../assurance/sizes.ts';

export interface Look {
  readonly width: 360 | 1280;
  readonly locale: 'en-IN' | 'hi-IN';
  readonly colorScheme: 'light' | 'dark';
}

/** Both widths, languages and schemes; `npm run assurance -- page` takes each width in each language. */
export const looks: readonly Look[] = drill
  ? [
      { width: 360, locale: 'en-IN', colorScheme: 'light' },
      { width: 360, locale: 'hi-IN', colorScheme: 'dark' },
      { width: 1280, locale: 'en-IN', colorScheme: 'dark' },
      { width: 1280, locale: 'hi-IN', colorScheme: 'light' },
    ]
  : [
      { width: 360, locale: 'en-IN', colorScheme: 'light' },
      { width: 1280, locale: 'hi-IN', colorScheme: 'dark' },
    ];
export const lookName = ({ width, locale, colorScheme }: Look): string => `${width}-${locale}-${colorScheme}`;

export async function openPage(
  browser: Browser,
  { width, ...options }: Partial<Look> & Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext({
    serviceWorkers: 'block',
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    reducedMotion: 'reduce',
    viewport: { width: width ?? 1280, height: width === 360 ? 740 : 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

/** Presses Tab until the element has focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

/** Types, waits for the suggestion as a person would, goes down to it and picks it once it is highlighted. */
export async function pickFirst(page: Page, text: string, name: string): Promise<void> {
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
export async function shows(
  read: () => Promise<string | undefined | null>,
  expected: string | RegExp,
): Promise<void> {
  const limit = Date.now() + 20_000;
  const fits = (text: string | undefined | null): boolean =>
    typeof expected === 'string' ? text === expected : expected.test(text ?? '');
  while (!fits(await read())) {
    assert.ok(Date.now() < limit, `"${String(expected)}" is never shown, but "${await read()}"`);
    await sleep(50);
  }
}

export const fieldShows = (page: Page, name: string, text: string): Promise<void> =>
  shows(() => page.locator(`input[name=${name}]`).inputValue(), text);

/** Tag and text of what has focus. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `document.activeElement.tagName.toLowerCase() + ' ' + (document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText)`,
  );

/** The date so many days ahead by India's clock. */
export const daysAhead = (days: number): string =>
  new Date(Date.now() + 19_800_000 + days * 86_400_000).toISOString().slice(0, 10);

/** Rupees of a text, as low and high: "₹3,450–3,900" → [3450, 3900]. */
export function rupeesIn(text: string): [number, number] {
  const [low, high] = (/₹([\d,]+)(?:–([\d,]+))?/.exec(text) ?? [])
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part.replaceAll(',', ''))));
  assert.ok(low !== undefined, `no price in "${text}"`);
  return [low, high ?? low];
}

/** Words in Latin letters that stand in a Hindi page without being marked as English. */
export const latinWords = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element.closest('[lang^=en], script, noscript, code, option')) continue;
      for (const word of node.data.match(/[A-Za-z]{2,}/g) ?? []) found.add(word);
    }
    return [...found];
  })()`);
