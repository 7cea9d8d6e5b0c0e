import type { Machine } from '../machine.ts';
import { feedAims, growthAims, reached } from './aims.ts';
import type { Aim } from './aims.ts';
import type { FeedResult, FeedRow, GrowthResult, GrowthRow } from './results.ts';
import { megabytes } from './times.ts';

/** `bench/results/ENGINE.md`: aims and figures, the planners side by side, and why time grows as the network does. */
export function report(feeds: FeedResult | null, growth: GrowthResult | null): string {
  const aims = [...(feeds ? feedAims(feeds) : []), ...(growth ? growthAims(growth) : [])];
  return [
    '# Engine, measured',
    'Written by `npm run bench -- engine`; figures in `engine.json` and `engine-growth.json`. Milliseconds a query, p50 / p95. Each question is asked in three rounds, warm, and counts with its median; peers are measured in three processes and count with their best. Change time 0, no links, as the peers are asked. `Right`: the share of answers equal to those of a connection scan over all service days (a minute either way for peers).',
    '## Aims',
    table(['work', 'figure', 'aim', ''], aims.map(aimRow)),
    ...(feeds ? feedParts(feeds) : []),
    ...(growth ? growthParts(growth) : []),
  ]
    .join('\n\n')
    .concat('\n');
}

const aimRow = (aim: Aim): string[] => [
  aim.work,
  `${aim.figure} ${aim.unit}`,
  aim.most === undefined ? `≥ ${aim.least}` : `≤ ${aim.most}`,
  reached(aim) ? 'reached' : '**missed**',
];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const both = ({ p50, p95 }: { readonly p50: number; readonly p95: number }): string => `${p50} / ${p95}`;
const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

const where = ({ cpu, cores, memoryGiB, node, commit, at, load }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, commit ${commit}, ${at}, load ${load} when it began.`;

function feedParts({ machine, rows }: FeedResult): string[] {
  return [
    '## Beside other planners',
    where(machine),
    table(
      [
        'feed',
        'planner',
        'load ms',
        'memory MB',
        'earliest p50 / p95',
        'right',
        'range 6 h',
        'priced, 4 legs',
      ],
      rows.flatMap(contestRows),
    ),
    '![Earliest arrival](engine.svg)',
    ...rows.map(feedText),
  ];
}

const contestRows = (row: FeedRow): string[][] => [
  [
    row.feed,
    '**RouteStitch**',
    `${row.loadMs}; ${row.openMs} from the image`,
    `${row.memory}; ${row.pricedMemory} with prices`,
    both(row.earliest),
    percent(row.earliest.right),
    both(row.range),
    both(row.priced),
  ],
  ...row.peers.map(({ planner, version, loadMs, memory, earliest, range }) => [
    row.feed,
    `${planner} ${version}`,
    String(loadMs),
    String(memory),
    both(earliest),
    percent(earliest.right),
    range ? both(range) : 'cannot',
    'cannot',
  ]),
];

function feedText(row: FeedRow): string {
  const [via, viaPriced] = [row.via, row.viaPriced];
  const stops =
    via && viaPriced
      ? ` Five stop-overs with stays of an hour to a day: ${both(via)} ms by time and rides (up to 12 rides), ${both(viaPriced)} ms priced (up to 9 rides; no aim was set).`
      : '';
  return `**${row.feed}** (${row.stopTimes.toLocaleString('en')} stop times, image ${megabytes(row.imageBytes)} MB): a process that reads the zip and compiles it settles at ${row.loadMemory} MB, most of it heap that the reading grew and V8 keeps; one that opens the image has ${row.memory} MB, ${row.bareMemory} MB of them Node and our code before any timetable. First answer ${row.firstAnswerMs} ms after opening; table of fares ${row.tableMs} ms. Right: range ${percent(row.range.right)}, priced ${percent(row.priced.right)} (every fourth question).${stops}`;
}

function growthParts({ machine, rows, workers }: GrowthResult): string[] {
  return [
    '## Growth',
    `An invented country, the same for the same seed; 2× has twice the runs on the same map. ${where(machine)}`,
    table(
      [
        'size',
        'stop times',
        'compile ms',
        'image MB',
        'open ms',
        'memory MB',
        'with prices',
        'earliest',
        'range 6 h',
        'priced',
      ],
      rows.map((row) => [
        `${row.size}×`,
        row.stopTimes.toLocaleString('en'),
        String(row.compileMs),
        String(megabytes(row.imageBytes)),
        String(row.openMs),
        String(row.memory),
        String(row.pricedMemory),
        both(row.earliest),
        both(row.range),
        both(row.priced),
      ]),
    ),
    '![Growth](engine-growth.svg)',
    ...(workers
      ? [
          `One process, ${workers.threads} workers over one image at 1×, answering priced questions at the same time: ${workers.times.map(both).join(' and ')} ms, ${workers.peakMemory} MB at the most.`,
        ]
      : []),
    '### What grows',
    `Work is counted by V8 (how often each stretch of code between two branches runs) on every fourth question; nanoseconds are the mean processor time of these questions by that. A read that misses all caches is measured beside it, in memory of the image's size; V8 is ${process.versions.v8}, and the processor's own counters are not to be had in a virtual machine.`,
    table(
      [
        'size',
        'search',
        'stretches run a query',
        'ns each',
        'journeys',
        'dependent random read',
        'run most often',
      ],
      rows.flatMap(workRows),
    ),
    ...explain(rows),
  ];
}

const searches = ['earliest', 'range', 'priced'] as const;

const costNs = (row: GrowthRow, search: (typeof searches)[number]): number =>
  (row[search].sampleMean * 1e6) / row.work[search].blocks;

const workRows = (row: GrowthRow): string[][] =>
  searches.map((search) => [
    `${row.size}×`,
    search,
    row.work[search].blocks.toLocaleString('en'),
    costNs(row, search).toFixed(2),
    String(row[search].mean),
    `${row.randomReadNs} ns`,
    row.work[search].hottest.map(({ place, runs }) => `${place} (${runs.toLocaleString('en')})`).join(', '),
  ]);

/** Time is work times its cost: says which of the two has grown. */
function explain(rows: readonly GrowthRow[]): string[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last || first === last) return [];
  const times = (from: number, to: number): string => `${(to / from).toFixed(1)} times`;
  const lines = searches.map((search) => {
    const work = times(first.work[search].blocks, last.work[search].blocks);
    const cost = times(costNs(first, search), costNs(last, search));
    const all = times(first[search].sampleMean, last[search].sampleMean);
    const journeys = times(first[search].mean, last[search].mean);
    return `- **${search}**: ${all} the time = ${work} the work × ${cost} the cost of each (${journeys} the journeys found).`;
  });
  return [
    `From ${first.size}× to ${last.size}× there are ${times(first.stopTimes, last.stopTimes)} the stop times, ${times(first.imageBytes, last.imageBytes)} the image, ${times(first.pricedMemory - first.bareMemory, last.pricedMemory - last.bareMemory)} the memory beyond Node itself; a random read costs ${times(first.randomReadNs, last.randomReadNs)} as much:`,
    lines.join('\n'),
  ];
}
