import type { FeedRow } from './results.ts';

const WIDTH = 760;
const [LEFT, RIGHT, TOP, BAR] = [250, 150, 76, 26];
const [LEAST, MOST] = [0.1, 1000];

interface Bar {
  readonly label: string;
  readonly p50: number;
  readonly p95: number;
  readonly detail: string;
  readonly ours: boolean;
}

/** Earliest arrivals of all planners: bars to the median, a tick at p95, on a logarithmic scale of milliseconds. */
export function contestChart(rows: readonly FeedRow[]): string {
  const bars = rows.flatMap(barsOf);
  const title = 'Earliest arrival: milliseconds a query, and share of right answers';
  const bottom = TOP + bars.length * BAR;
  const grid = [0.1, 1, 10, 100, 1000].map(
    (ms) => `<line x1="${x(ms)}" y1="${TOP - 6}" x2="${x(ms)}" y2="${bottom}" stroke="#d0d7de"/>
<text x="${x(ms)}" y="${bottom + 16}" text-anchor="middle" class="small">${ms} ms</text>`,
  );
  const drawn = bars.map(({ label, p50, p95, detail, ours }, index) => {
    const y = TOP + index * BAR;
    return `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end" class="small">${label}</text>
<rect x="${LEFT}" y="${y + 2}" width="${(x(p50) - LEFT).toFixed(1)}" height="${BAR - 10}" fill="${ours ? '#1a7f4b' : '#8c959f'}"/>
<line x1="${x(p95)}" y1="${y}" x2="${x(p95)}" y2="${y + BAR - 6}" stroke="#1f2328" stroke-width="2"/>
<text x="${x(p95) + 8}" y="${y + 14}" class="small">${detail}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 34}" width="${WIDTH}" height="${bottom + 34}" role="img" aria-label="${title}">
<style>text{font:14px system-ui,sans-serif;fill:#1f2328}.small{font-size:12px}.title{font-size:18px;font-weight:600}</style>
<rect width="${WIDTH}" height="${bottom + 34}" fill="#ffffff"/>
<text x="20" y="28" class="title">${title}</text>
<text x="20" y="50" class="small">bar: half of the queries are faster; tick: 95 % are</text>
${grid.join('\n')}
${drawn.join('\n')}
</svg>
`;
}

function barsOf({ feed, earliest, peers }: FeedRow): Bar[] {
  return [{ planner: 'RouteStitch', version: '', earliest }, ...peers].map(
    ({ planner, version, earliest: { p50, p95, right } }) => ({
      label: `${feed}: ${planner} ${version}`.trim(),
      p50,
      p95,
      detail: `${p50}/${p95} ms${right === null ? '' : `, ${Math.round(100 * right)} % right`}`,
      ours: planner === 'RouteStitch',
    }),
  );
}

const x = (ms: number): number =>
  LEFT +
  Math.round(
    ((WIDTH - LEFT - RIGHT) * Math.log(Math.max(LEAST, Math.min(MOST, ms)) / LEAST)) / Math.log(MOST / LEAST),
  );
