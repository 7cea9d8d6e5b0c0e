/** Writes the pictures of the README and of docs/tour.md into docs/images, as a visitor sees the pages. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { accountOf, dayAhead, keepTrip, openContext, settled } from './keeping.ts';
import { startServer } from './runningServer.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/images');
const MOST_BYTES = 300_000;
/** Far enough ahead that flights are priced as most people buy them. */
const DAYS_AHEAD = 10;
const DESK = 1280;
const PHONE = 360;

process.env['ADMIN_EMAILS'] = 'asha@example.org';
const server = await startServer();
const browser = await openBrowser();
const question = { origin: 'Noida', destination: 'Bengaluru', date: dayAhead(DAYS_AHEAD) };
const address = `${server.origin}/?${new URLSearchParams(question).toString()}`;

/** The page from its top to the end of what is named, or to `most` pixels. */
async function take(
  page: Page,
  name: string,
  end: Locator | null,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const box = end && (await end.boundingBox());
  const { width, height: window } = page.viewportSize()!;
  const height = Math.min(most, Math.ceil(box ? box.y + box.height : window));
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height } });
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MOST_BYTES}`);
  process.stdout.write(`${file}: ${width} × ${height}, ${Math.round(size / 1000)} kB\n`);
}

try {
  const asha = await accountOf(server, 'asha@example.org');
  const desk = await openContext(browser, { width: DESK, locale: 'en-IN' });
  await asha.enter(desk);
  const page = await desk.newPage();
  await page.goto(address);
  const options = page.getByRole('article');
  await options.nth(2).waitFor();
  await take(page, 'search', options.nth(2), 1200);

  await options.first().locator('button[aria-expanded]').first().click();
  await options.first().getByRole('table').waitFor();
  await options.first().screenshot({ path: path.join(folder, 'details.png') });

  const trip = await keepTrip(asha, question);
  await page.goto(`${server.origin}/trips/${trip.id}`);
  await settled(page);
  await take(page, 'trip', page.locator('main'), 1100);
  await page.goto(`${server.origin}/operator`);
  await settled(page);
  await take(page, 'operator', page.locator('main'), 1100);

  const phone = await openContext(browser, { width: PHONE, locale: 'hi-IN', dark: true });
  await asha.enter(phone);
  const small = await phone.newPage();
  await small.goto(address);
  await small.getByRole('article').nth(1).waitFor();
  await take(small, 'phone-hindi', null);
} finally {
  await browser.close();
  await server.stop();
}
