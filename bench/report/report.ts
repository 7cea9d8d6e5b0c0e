/** `bench/REPORT.md` and the figures that the README quotes of it, from what the benches have left in `bench/results`. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allAims } from './allAims.ts';

const results = path.resolve(import.meta.dirname, '../results');

/** In the order of the report: the text that a bench has written, and its chart. */
const parts = [
  { text: 'ENGINE.md', charts: ['engine.svg', 'engine-growth.svg'] },
  { text: 'SEARCH.md', charts: [] },
  { text: 'HTTP.md', charts: ['http.svg'] },
  { text: 'DATA.md', charts: ['data.svg'] },
  { text: 'LOAD.md', charts: [] },
  { text: 'WEB.md', charts: [] },
] as const;

const there = (name: string): boolean => existsSync(path.join(results, name));

export function report(): string {
  const aims = allAims();
  return [
    '# Measured',
    `Written by \`npm run bench\`, which measures everything below; \`npm run bench -- NAME\` measures one part again. Each part says on what machine and when; a figure is worth as much as the peer or the limit measured beside it in the same run. ${aims.filter(({ reached }) => reached).length} of ${aims.length} aims are reached.`,
    '## Aims',
    table(
      aims.map(({ part, work, figure, aim, reached }) => [
        part,
        work,
        figure,
        aim,
        reached ? 'reached' : '**missed**',
      ]),
    ),
    ...parts.filter(({ text }) => there(text)).map(({ text, charts }) => section(text, charts)),
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

const table = (rows: readonly (readonly string[])[]): string =>
  [['', 'work', 'figure', 'aim', ''], ['---', '---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** What a bench has written, one level deeper, with its charts. */
function section(text: string, charts: readonly string[]): string {
  const written = readFileSync(path.join(results, text), 'utf8').trimEnd();
  const deeper = written
    .replaceAll(/^(#+ )/gm, '#$1')
    .replaceAll(/\]\((?!https?:)([\w-]+\.svg)\)/g, '](results/$1)');
  const shown = charts.filter((chart) => there(chart) && !written.includes(chart));
  return [deeper, ...shown.map((chart) => `![${chart.replace('.svg', '')}](results/${chart})`)].join('\n\n');
}

const BEGIN = '<!-- figures of bench/REPORT.md, written by `npm run golden` -->';
const END = '<!-- end of figures -->';

/** The README with today's figures between its two marks. Throws when the marks are gone. */
export function readmeWithFigures(readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error('The README has lost the marks around its figures');
  const rows = allAims()
    .filter(({ headline }) => headline)
    .map(({ work, figure, aim, reached }) => [work, figure, reached ? aim : `${aim}, **missed**`]);
  const figures = aligned([['', 'measured', 'aim'], ...rows]);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${readme.slice(end)}`;
}

/** A table as the formatter leaves it. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)));
  lines.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  );
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
