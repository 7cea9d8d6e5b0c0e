/** Draws the icons of the installed page from `public/icon.svg` in Chromium: `node test/e2e/icons.ts`, when it changes. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.ts';

const folder = path.resolve(import.meta.dirname, '../../web/public');
/** A launcher cuts a maskable icon to its own shape: the ground goes to the edge, the drawing stays in the middle 80 %. */
const drawings = [
  { file: 'icon-192.png', size: 192, maskable: false },
  { file: 'icon-512.png', size: 512, maskable: false },
  { file: 'icon-maskable-512.png', size: 512, maskable: true },
] as const;

const svg = await readFile(path.join(folder, 'icon.svg'), 'utf8');
const ground = /<rect[^>]*fill="(#\w+)"/.exec(svg)?.[1];
if (ground === undefined) throw new Error('icon.svg has no ground');
const browser = await openBrowser();
try {
  for (const { file, size, maskable } of drawings) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const margin = maskable ? Math.round(size * 0.1) : 0;
    const side = size - 2 * margin;
    await page.setContent(
      `<body style="margin:${margin}px;background:${maskable ? ground : 'transparent'}">${svg.replace('<svg', `<svg width="${side}" height="${side}" style="display:block"`)}`,
    );
    await writeFile(path.join(folder, file), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
