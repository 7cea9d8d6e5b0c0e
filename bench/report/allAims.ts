import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Aim, feedAims, growthAims, reached } from '../engine/aims.ts';
import { readFeeds, readGrowth } from '../engine/results.ts';

/** One figure that was promised, as it is printed. */
export interface ReportedAim {
  readonly part: string;
  readonly work: string;
  readonly figure: string;
  readonly aim: string;
  readonly reached: boolean;
  /** The README quotes it. */
  readonly headline: boolean;
}

/** Names of the figures that the README quotes. */
const HEADLINES = [
  /^in-rail-2025: earliest arrival, all days, p50$/,
  /^in-rail-2025: earliest arrival p50, times as fast as minotor/,
  /^in-rail-2025: earliest arrival, right$/,
  /^in-rail-2025: range of 6 h, p50$/,
  /^in-rail-2025: priced, 4 legs, exact, p50$/,
  /^invented country 1×: memory of one process/,
  /over HTTP/,
  /^search from the cache, .*share of a bare route/,
  /^list of 20 trips .*share of a bare route/,
];

function read(name: string): unknown {
  const file = path.resolve(import.meta.dirname, '../results', name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
}

/** Every aim of the benches that have run, in the order of the report. */
export function allAims(): ReportedAim[] {
  const [feeds, growth] = [readFeeds(), readGrowth()];
  return [
    ...(feeds ? feedAims(feeds) : []).map((aim) => printed('engine', aim)),
    ...(growth ? growthAims(growth) : []).map((aim) => printed('engine', aim)),
    ...searchAims().map((aim) => printed('search', aim)),
    ...httpAims().map((aim) => printed('http', aim)),
    ...dataAims().map((aim) => printed('data', aim)),
    ...loadAims().map((aim) => printed('load', aim)),
  ];
}

function printed(part: string, aim: Aim): ReportedAim {
  const { work, unit, figure, most, least } = aim;
  return {
    part,
    work,
    figure: `${Math.round(figure * 100) / 100} ${unit}`,
    aim: most === undefined ? `≥ ${least}` : `≤ ${most}`,
    reached: reached(aim),
    headline: HEADLINES.some((headline) => headline.test(work)),
  };
}

interface SearchResult {
  readonly rows: readonly { readonly name: string; readonly aim: number; readonly p95: number }[];
}

function searchAims(): Aim[] {
  const rows = (read('search.json') as SearchResult | null)?.rows ?? [];
  return rows.map(({ name, aim, p95 }) => ({
    work: `whole search over HTTP, ${name}, p95`,
    unit: 'ms',
    figure: p95,
    most: aim,
  }));
}

interface HttpResult {
  readonly rows: readonly {
    readonly name: string;
    readonly aim?: number;
    readonly p99Aim?: number;
    readonly ratio: number;
    readonly product: { readonly p99: number };
  }[];
  readonly computed: { readonly aim: number; readonly watched: { readonly delayP99: number } };
}

function httpAims(): Aim[] {
  const result = read('http.json') as HttpResult | null;
  if (!result) return [];
  const { rows, computed } = result;
  return [
    ...rows.flatMap(({ name, aim, p99Aim, ratio, product }): Aim[] => [
      ...(aim === undefined
        ? []
        : [{ work: `${name}, share of a bare route`, unit: '%', figure: ratio, least: aim }]),
      ...(p99Aim === undefined
        ? []
        : [{ work: `${name}, p99`, unit: 'ms', figure: product.p99, most: p99Aim }]),
    ]),
    {
      work: 'event loop while searches are computed, late p99',
      unit: 'ms',
      figure: computed.watched.delayP99,
      most: computed.aim,
    },
  ];
}

interface DataResult {
  readonly rows: readonly { readonly name: string; readonly aim: number; readonly ratio: number }[];
}

const dataAims = (): Aim[] =>
  ((read('data.json') as DataResult | null)?.rows ?? []).map(({ name, aim, ratio }) => ({
    work: `${name}, share of plain pg`,
    unit: '%',
    figure: ratio,
    least: aim,
  }));

interface LoadResult {
  readonly rows: readonly {
    readonly part: string;
    readonly kind: string;
    readonly p99: number;
    readonly aim: number;
  }[];
}

const loadAims = (): Aim[] =>
  ((read('load.json') as LoadResult | null)?.rows ?? []).map(({ part, kind, p99, aim }) => ({
    work: `${part}: ${kind}, p99`,
    unit: 'ms',
    figure: p99,
    most: aim,
  }));
