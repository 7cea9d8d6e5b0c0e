export interface Bar {
  readonly label: string;
  /** Second line, small. */
  readonly detail: string;
  /** Percent. */
  readonly value: number;
  /** Percent to reach; a mark across the bar. */
  readonly aim: number;
}

const WIDTH = 760;
const LEFT = 250;
const RIGHT = 70;
const ROW = 54;
const TOP = 64;
const SCALE_TO = 120;

/** Horizontal bars in percent as an SVG that reads on light and dark pages. */
export function barChart(title: string, subtitle: string, bars: readonly Bar[], footer: string): string {
  const x = (percent: number): number =>
    LEFT + (Math.min(percent, SCALE_TO) / SCALE_TO) * (WIDTH - LEFT - RIGHT);
  const height = TOP + bars.length * ROW + 56;
  const bottom = TOP + bars.length * ROW;
  const grid = [0, 25, 50, 75, 100].map(
    (percent) => `<line x1="${x(percent)}" y1="${TOP}" x2="${x(percent)}" y2="${bottom}" stroke="#d0d7de"/>
<text x="${x(percent)}" y="${bottom + 16}" text-anchor="middle" class="small">${percent} %</text>`,
  );
  const rows = bars.map((bar, index) => {
    const y = TOP + index * ROW + 8;
    const colour = bar.value >= bar.aim ? '#1a7f4b' : '#b3421b';
    return `<text x="${LEFT - 12}" y="${y + 14}" text-anchor="end">${escaped(bar.label)}</text>
<text x="${LEFT - 12}" y="${y + 30}" text-anchor="end" class="small">${escaped(bar.detail)}</text>
<rect x="${LEFT}" y="${y}" width="${(x(bar.value) - LEFT).toFixed(1)}" height="32" rx="3" fill="${colour}"/>
<line x1="${x(bar.aim)}" y1="${y - 4}" x2="${x(bar.aim)}" y2="${y + 36}" stroke="#1f2328" stroke-width="2" stroke-dasharray="4 3"/>
<text x="${x(Math.max(bar.value, bar.aim)) + 8}" y="${y + 21}" font-weight="600">${bar.value.toFixed(0)} %</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>text{font:14px system-ui,sans-serif;fill:#1f2328}.small{font-size:12px;fill:#57606a}.title{font-size:18px;font-weight:600}</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="20" y="28" class="title">${escaped(title)}</text>
<text x="20" y="48" class="small">${escaped(subtitle)}</text>
${grid.join('\n')}
${rows.join('\n')}
<text x="20" y="${height - 12}" class="small">${escaped(footer)}</text>
</svg>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
