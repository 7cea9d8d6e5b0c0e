/** A signed-in browser and what its user keeps, for the tests of the pages that keep a journey. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { connect } from '../../src/database/connect.ts';
import type { Trip } from '../../src/features/trips/contract.ts';
import { words as enLists } from '../../web/words/en/lists.ts';
import { words as enProfile } from '../../web/words/en/profile.ts';
import { words as enSite } from '../../web/words/en/site.ts';
import { words as enTrip } from '../../web/words/en/trip.ts';
import { words as hiLists } from '../../web/words/hi/lists.ts';
import { words as hiProfile } from '../../web/words/hi/profile.ts';
import { words as hiSite } from '../../web/words/hi/site.ts';
import { words as hiTrip } from '../../web/words/hi/trip.ts';
import { signIn } from '../support/signIn.ts';
import type { RunningServer } from './runningServer.ts';

/** The words of the page, by the language of a browser. */
export const pageWords = {
  'en-IN': { trip: enTrip, lists: enLists, profile: enProfile, site: enSite },
  'hi-IN': { trip: hiTrip, lists: hiLists, profile: hiProfile, site: hiSite },
} as const;
export type Locale = keyof typeof pageWords;

export interface Look {
  readonly width: number;
  readonly locale: Locale;
  readonly dark?: boolean;
  /** Keeps the files of the page for later, which only the tests without a connection need. */
  readonly worker?: boolean;
}

export async function openContext(
  browser: Browser,
  { width, locale, dark = false, worker = false }: Look,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale,
    timezoneId: 'Asia/Kolkata',
    viewport: { width, height: width < 500 ? 740 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: worker ? 'allow' : 'block',
  });
  context.setDefaultTimeout(20_000);
  return context;
}

export interface Account {
  readonly email: string;
  /** Calls `/api/v1/<path>` as this user. */
  readonly call: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Signs a browser in. */
  readonly enter: (context: BrowserContext) => Promise<void>;
}

/** A user with a session, as a confirmed link opens one; opened some minutes ago. */
export async function accountOf(server: RunningServer, email: string, minutesAgo = 0): Promise<Account> {
  const service = await connect({ ownerUrl: server.ownerUrl, role: 'rs_service', max: 1 });
  const { cookie, userId } = await signIn(service, email);
  if (minutesAgo > 0)
    await service.query({
      text: `UPDATE sessions SET created_at = created_at - $2 * interval '1 minute' WHERE user_id = $1`,
      values: [userId, minutesAgo],
    });
  await service.close();
  const [name, value] = cookie.split('=') as [string, string];
  return {
    email,
    enter: (context) => context.addCookies([{ name, value, url: server.origin }]),
    call: async <Answer>(method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${server.origin}/api/v1/${path}`, {
        method,
        headers: { cookie, origin: server.origin, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
  };
}

export const dayAhead = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

interface Found {
  readonly origin: unknown;
  readonly destination: unknown;
  readonly routes: readonly { readonly legs: readonly { readonly mode: string }[] }[];
}

/** Searches and keeps the first option with a train in it. */
export async function keepTrip(
  { call }: Account,
  question: { readonly origin: string; readonly destination: string; readonly date: string },
): Promise<Trip> {
  const { origin, destination, routes } = await call<Found>('POST', 'search', question);
  const route = routes.find(({ legs }) => legs.some(({ mode }) => mode === 'train'));
  assert.ok(route, 'a train is offered');
  return call<Trip>('POST', 'trips', { origin, destination, date: question.date, selectedRoute: route });
}

/** Waits until nothing of the page is waited for. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Presses Tab until the element has focus, as someone without a mouse would. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}
