/** Writes docs/images/search.png, the picture of the README: the first options of a search, as a visitor sees them. */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.ts';
import { startServer } from './runningServer.ts';

const file = path.resolve(import.meta.dirname, '../../docs/images/search.png');
const WIDTH = 1280;
const OPTIONS = 4;
const MOST_BYTES = 250_000;
/** A weekday far enough ahead that its flights are priced as most people buy them. */
const DAYS_AHEAD = 10;

const server = await startServer();
const browser = await openBrowser();
try {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
  });
  const page = await context.newPage();
  const date = new Date(Date.now() + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${server.origin}/?origin=Noida&destination=Bengaluru&date=${date}`);
  const last = page.getByRole('article').nth(OPTIONS - 1);
  await last.waitFor();
  const box = await last.boundingBox();
  if (!box) throw new Error(`The search shows fewer than ${OPTIONS} options`);
  await mkdir(path.dirname(file), { recursive: true });
  const height = Math.ceil(box.y + box.height);
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width: WIDTH, height } });
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${MOST_BYTES}`);
  process.stdout.write(`${file}: ${WIDTH} × ${height}, ${Math.round(size / 1000)} kB\n`);
} finally {
  await browser.close();
  await server.stop();
}
