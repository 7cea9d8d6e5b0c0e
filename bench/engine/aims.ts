import type { FeedResult, FeedRow, GrowthResult, GrowthRow } from './results.ts';

/** One figure to reach: at most `most`, or at least `least`. */
export interface Aim {
  readonly work: string;
  readonly unit: string;
  readonly figure: number;
  readonly most?: number;
  readonly least?: number;
}

export const reached = ({ figure, most = Infinity, least = -Infinity }: Aim): boolean =>
  figure <= most && figure >= least;

/** The feed that the aims are stated for. */
const RAIL = 'in-rail-2025';
const PERCENT = 100;

export const feedAims = ({ rows }: FeedResult): Aim[] => rows.flatMap(aimsOfFeed);

function aimsOfFeed(row: FeedRow): Aim[] {
  const right = (search: string, share: number | null): Aim[] =>
    share === null
      ? []
      : [{ work: `${row.feed}: ${search}, right`, unit: '%', figure: PERCENT * share, least: PERCENT }];
  const shares = [
    ...right('earliest arrival', row.earliest.right),
    ...right('range', row.range.right),
    ...right('priced', row.priced.right),
  ];
  const minotor = row.peers.find(({ planner }) => planner === 'minotor');
  const ratio = minotor ? Math.round((10 * minotor.earliest.p50) / row.earliest.p50) / 10 : null;
  const faster: Aim[] =
    ratio === null
      ? []
      : [
          {
            work: `${row.feed}: earliest arrival p50, times as fast as minotor ${minotor!.version}`,
            unit: '×',
            figure: ratio,
            least: 20,
          },
        ];
  return [...(row.feed === RAIL ? railAims(row) : []), ...faster, ...shares];
}

function railAims(row: FeedRow): Aim[] {
  const aim = (work: string, figure: number, most: number, unit = 'ms'): Aim => ({
    work: `${row.feed}: ${work}`,
    unit,
    figure,
    most,
  });
  return [
    aim('GTFS zip to image, with all checks', row.loadMs, 1500),
    aim('opening the image', row.openMs, 100),
    aim('memory of a process that answers from the image', row.memory, 160, 'MB'),
    aim('earliest arrival, all days, p50', row.earliest.p50, 1),
    aim('earliest arrival, all days, p95', row.earliest.p95, 2.5),
    aim('range of 6 h, p50', row.range.p50, 12),
    aim('range of 6 h, p95', row.range.p95, 25),
    aim('priced, 4 legs, exact, p50', row.priced.p50, 15),
    aim('priced, 4 legs, exact, p95', row.priced.p95, 60),
    ...(row.via ? [aim('five stop-overs with stays, p95', row.via.p95, 500)] : []),
  ];
}

export function growthAims({ rows, workers }: GrowthResult): Aim[] {
  const one = rows.find(({ size }) => size === 1);
  const aim = (work: string, figure: number, most: number, unit = 'ms'): Aim => ({
    work: `invented country 1×: ${work}`,
    unit,
    figure,
    most,
  });
  return [
    ...(one ? aimsOfCountry(one, aim) : []),
    ...(workers
      ? [
          aim('memory of one process, two workers', workers.peakMemory, 400, 'MB'),
          aim('priced p50, two workers at once', Math.max(...workers.times.map(({ p50 }) => p50)), 40),
          aim('priced p95, two workers at once', Math.max(...workers.times.map(({ p95 }) => p95)), 120),
        ]
      : []),
  ];
}

function aimsOfCountry(
  { priced, earliest }: GrowthRow,
  aim: (work: string, figure: number, most: number) => Aim,
): Aim[] {
  return [
    aim('priced, 4 legs, exact, p50', priced.p50, 40),
    aim('priced, 4 legs, exact, p95', priced.p95, 120),
    ...(earliest.right === null
      ? []
      : [
          {
            work: 'invented country 1×: earliest arrival, right',
            unit: '%',
            figure: PERCENT * earliest.right,
            least: PERCENT,
          },
        ]),
  ];
}

/** Wrong answers are failures; a slow day is not. */
export const wrong = (aims: readonly Aim[]): boolean => aims.some((aim) => aim.unit === '%' && !reached(aim));

export const textOf = (aim: Aim): string => {
  const bound = aim.most === undefined ? `at least ${aim.least}` : `at most ${aim.most}`;
  return `${aim.figure} ${aim.unit}, aim ${bound}: ${reached(aim) ? 'reached' : 'MISSED'}`;
};
