/** What must hold of the page in every state. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Pictures of every state, to be looked at: `ARTEFACTS=1` writes them, which takes a third of the time. */
const artefacts = process.env['ARTEFACTS'] ? path.resolve(import.meta.dirname, '../../artefacts') : undefined;

/** Rule and place of each violation, "color-contrast at .price"; empty = none. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}

/** Pixels by which the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/**
 * Controls that are harder to hit than 44 px high (WCAG 2.5.5) and 24 px wide. The points of a chart are 24 px: each
 * option has its card as well, which is the equivalent that the criterion allows.
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll('a, button:not(.point), input, select, summary, label.choice, [role=option]')]
      .filter((element) => getComputedStyle(element).opacity !== '0' && element.checkVisibility())
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return height < 44 || width < 24;
      })
      .map((element) => element.outerHTML.slice(0, 120))`);

export async function checkPage(page: Page, state: string): Promise<void> {
  if (artefacts !== undefined) {
    // The bar that sticks would cover the middle of a picture of the whole page.
    await page.evaluate('scrollTo(0, 0)');
    await page.screenshot({ path: path.join(artefacts, `${state}.png`), fullPage: true });
  }
  assert.deepEqual(await axeViolations(page), [], `axe: ${state}`);
  assert.ok((await overflow(page)) <= 0, `no horizontal scroll: ${state}`);
  assert.deepEqual(await smallTargets(page), [], `targets of 44 px: ${state}`);
}

export interface PageLog {
  /** Requests to other origins. */
  readonly foreign: readonly string[];
  /** Exceptions and console errors, refused requests of our own interface left out. */
  readonly errors: readonly string[];
}

export function logOf(page: Page, origin: string): PageLog {
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) foreign.push(request.url());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    if (!message.location().url.startsWith(`${origin}/api/`)) errors.push(message.text());
  });
  return { foreign, errors };
}
