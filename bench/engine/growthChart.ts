import type { GrowthRow } from './results.ts';

const WIDTH = 760;
const HEIGHT = 420;
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 140, 60, 60];

const series = [
  { name: 'earliest, p50 ms', colour: '#1a7f4b', of: ({ earliest }: GrowthRow) => earliest.p50 },
  { name: 'range, p50 ms', colour: '#0969da', of: ({ range }: GrowthRow) => range.p50 },
  { name: 'priced, p50 ms', colour: '#b3421b', of: ({ priced }: GrowthRow) => priced.p50 },
  { name: 'memory, MB', colour: '#6639ba', of: ({ pricedMemory }: GrowthRow) => pricedMemory },
] as const;

/** Lines over millions of stop times, both axes logarithmic: a slope of one is growth in proportion. */
export function growthChart(rows: readonly GrowthRow[]): string {
  const title = 'Milliseconds a query and megabytes, as the network grows';
  const millions = rows.map(({ stopTimes }) => stopTimes / 1e6);
  const all = series.flatMap(({ of }) => rows.map(of));
  const x = scale(Math.min(...millions), Math.max(...millions), LEFT, WIDTH - RIGHT);
  const y = scale(Math.min(...all) / 1.5, Math.max(...all) * 1.5, HEIGHT - BOTTOM, TOP);
  const ticks = millions.map(
    (value) =>
      `<line x1="${x(value)}" y1="${TOP}" x2="${x(value)}" y2="${HEIGHT - BOTTOM}" stroke="#d0d7de"/>
<text x="${x(value)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle" class="small">${value.toFixed(1)} M</text>`,
  );
  const lines = series.map(({ name, colour, of }) => {
    const values = rows.map(of);
    const points = values.map((value, at) => `${x(millions[at]!)},${y(value)}`).join(' ');
    const labels = values.map(
      (value, at) =>
        `<text x="${x(millions[at]!)}" y="${Number(y(value)) - 8}" text-anchor="middle" class="small">${value}</text>`,
    );
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>${labels.join('')}
<text x="${WIDTH - RIGHT + 24}" y="${Number(y(values.at(-1)!)) + 4}" fill="${colour}" class="small">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}">
<style>text{font:14px system-ui,sans-serif}.small{font-size:12px}.title{font-size:18px;font-weight:600}</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="20" y="28" class="title">${title}</text>
${ticks.join('\n')}
${lines.join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle" class="small">stop times</text>
</svg>
`;
}

function scale(low: number, high: number, from: number, to: number): (value: number) => string {
  const span = Math.log(high / low) || 1;
  return (value) => (from + ((to - from) * Math.log(value / low)) / span).toFixed(1);
}
