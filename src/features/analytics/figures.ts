/** What an operator is told: counts of a period, in which nobody can be found. All read as rs_service. */
import { sqlStateOf, toAppError } from '../../database/sqlstate.ts';
import { AppError } from '../../errors.ts';
import {
  type Corridor,
  type Corridors,
  type CorridorsQuery,
  corridorsQuerySchema,
  FEWEST_VISITS,
  type Funnel,
  type PeriodQuery,
  type Platforms,
} from './contract.ts';
import {
  beginReading,
  type CorridorRow,
  type Database,
  type Queryable,
  selectClicks,
  selectCorridors,
  selectFunnelDays,
  selectPlatforms,
} from './figureStore.ts';
import { readPeriod } from './period.ts';

/** The searches of a period, day by day, and what became of them. Throws as {@link readPeriod}, and `UNPROCESSABLE`. */
export async function funnel(service: Database, query: PeriodQuery, now = Date.now()): Promise<Funnel> {
  const { period, days, ...span } = readPeriod(query, now);
  return reading(service, async (tx) => {
    const rows = new Map((await selectFunnelDays(tx, span, period.zone)).map((row) => [row.date, row]));
    const nothing = { searches: 0, withRoutes: 0, clicked: 0, booked: 0 };
    const found = days.map((date) => rows.get(date) ?? { date, ...nothing });
    const sum = (stage: keyof typeof nothing): number => found.reduce((total, day) => total + day[stage], 0);
    return {
      period,
      searches: {
        searches: sum('searches'),
        withRoutes: sum('withRoutes'),
        clicked: sum('clicked'),
        booked: sum('booked'),
      },
      clicks: await selectClicks(tx, span),
      days: found,
    };
  });
}

/**
 * From where to where people search, the most searched first. Corridors of few visits are counted together, and so are
 * few clicks left out: one person must not be found in them. `nameOf`: of a city or stop by its id; null when unknown.
 */
export async function corridors(
  service: Database,
  query: CorridorsQuery,
  nameOf: (id: string) => string | null,
  now = Date.now(),
): Promise<Corridors> {
  const { minVisits, limit, ...asked } = corridorsQuerySchema.parse(query);
  const { period, ...span } = readPeriod(asked, now);
  const rows = await reading(service, (tx) => selectCorridors(tx, span, { minVisits, limit }));
  const rest = rows.find(({ from }) => from === null);
  return {
    period,
    minVisits,
    corridors: rows.flatMap((row) => corridorOf(row, nameOf)),
    others: {
      corridors: rest?.corridors ?? 0,
      searches: rest?.searches ?? 0,
      withRoutes: rest?.withRoutes ?? 0,
      clicked: rest?.clicked ?? 0,
      booked: rest?.booked ?? 0,
    },
  };
}

function corridorOf(row: CorridorRow, nameOf: (id: string) => string | null): Corridor[] {
  const { from, to, corridors: _, ...counts } = row;
  if (from === null || to === null) return [];
  const booked = unlessFew(row.booked);
  return [
    {
      from: { id: from, name: nameOf(from) ?? from },
      to: { id: to, name: nameOf(to) ?? to },
      ...counts,
      clicked: unlessFew(row.clicked),
      booked,
      conversion: booked === null ? null : shareOf(booked, row.searches),
    },
  ];
}

const unlessFew = (count: number): number | null => (count > 0 && count < FEWEST_VISITS ? null : count);

/** To four places; null of nothing. */
const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/** Clicks of a period by platform, and how many led to a booking. */
export async function platformFigures(
  service: Database,
  query: PeriodQuery,
  now = Date.now(),
): Promise<Platforms> {
  const { period, ...span } = readPeriod(query, now);
  const rows = await reading(service, (tx) => selectPlatforms(tx, span));
  return {
    period,
    platforms: rows.map((row) => ({ ...row, conversion: shareOf(row.booked, row.clicks) })),
  };
}

/** Reads as one moment saw it. Throws `UNPROCESSABLE` when the period is too long for the time there is. */
async function reading<T>(service: Database, work: (tx: Queryable) => Promise<T>): Promise<T> {
  try {
    return await service.transaction(async (tx) => {
      await beginReading(tx);
      return work(tx);
    });
  } catch (error) {
    if (sqlStateOf(error) !== '57014') throw toAppError(error);
    throw new AppError(
      'UNPROCESSABLE',
      'The period has too many rows to count in time: ask for a shorter one',
      {
        cause: error,
        facts: { field: 'since' },
      },
    );
  }
}
