/** The budgets of the search route, on the built page. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(import.meta.dirname, 'dist');
const limits = { html: 25_000, js: 130_000, css: 15_000 } as const;
type Kind = keyof typeof limits;

const gzipped = (body: string | Uint8Array): number => gzipSync(body, { level: 9 }).length;

/** Bytes, gzip, of the page and of what it loads at once; chunks loaded later do not count. */
function sizesOf(html: string, read: (url: string) => Uint8Array): Record<Kind, number> {
  const sizes = { html: gzipped(html), js: 0, css: 0 };
  for (const [, url] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
    if (url === undefined) continue;
    if (url.endsWith('.js')) sizes.js += gzipped(read(url));
    if (url.endsWith('.css')) sizes.css += gzipped(read(url));
  }
  return sizes;
}

const over = (sizes: Record<Kind, number>): string[] =>
  (['html', 'js', 'css'] as const)
    .filter((kind) => sizes[kind] > limits[kind])
    .map((kind) => `${kind}: ${sizes[kind]} > ${limits[kind]}`);

test('the search route keeps its budgets', (context) => {
  const index = path.join(dist, 'index.html');
  assert.ok(existsSync(index), 'the page is not built: npm run build:web');
  const html = readFileSync(index, 'utf8');
  const sizes = sizesOf(html, (url) => readFileSync(path.join(dist, url)));
  context.diagnostic(JSON.stringify(sizes));
  assert.ok(sizes.js > 0 && sizes.css > 0, 'script and style sheet are found in the page');
  assert.deepEqual(over(sizes), []);
  assert.doesNotMatch(
    html,
    /<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/,
    'nothing inline: the policy forbids it',
  );
});

test('the budget check sees a planted fault', () => {
  const noise = crypto.getRandomValues(new Uint8Array(60_000));
  const html = '<script src="/assets/a.js"></script><link rel="modulepreload" href="/assets/b.js">';
  assert.deepEqual(
    over(sizesOf(html, () => noise)).map((text) => text.slice(0, 3)),
    [],
  );
  const three = `${html}<link rel="modulepreload" href="/assets/c.js">`;
  assert.deepEqual(
    over(sizesOf(three, () => noise)).map((text) => text.slice(0, 3)),
    ['js:'],
  );
});
