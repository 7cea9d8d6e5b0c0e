/**
 * What an operator watches, for Prometheus. Labels have few values: routes by pattern, never an address, an id or a text.
 */
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  type LabelValues,
  type MetricConfiguration,
  Registry,
} from '@prometheus-io/client';
import { withinBudget } from '../../database/waitBudget.ts';
import type { JobFigures, MetricSources } from './sources.ts';

/** Of answers (aims: 15 ms kept, 150 ms computed) to the limits of waiting. */
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10];
const STAGE_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
/** A scrape waits no longer for what is asked of the database. */
const DATABASE_MS = 1000;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export interface SeenRequest {
  /** Its pattern: `/api/v1/trips/:id`, `page` for files, `none` where nothing is. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly ms: number;
}

export type LimitOutcome = 'allowed' | 'refused' | 'unavailable';

export interface Metrics {
  /** The text that Prometheus reads, and its kind. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
  /** Every name there is, as they are read. */
  names(): string[];
  request(request: SeenRequest): void;
  /** Of a search. */
  stage(stage: string, ms: number): void;
  limited(rule: string, outcome: LimitOutcome): void;
  shed(reason: string): void;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const pushed = pushedMetrics(registry);
  pulledMetrics(registry, sources);
  if (sources.jobs) jobMetrics(registry, sources.jobs);
  if (sources.backups) backupMetrics(registry, sources.backups);
  return {
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    ...pushed,
  };
}

const named = <Label extends string>(
  register: Registry,
  name: string,
  help: string,
  labelNames: Label[] = [],
): MetricConfiguration<Label> & { help: string } => ({
  name: `routestitch_${name}`,
  help,
  labelNames,
  registers: [register],
});

/** What happens once, where it happens. */
function pushedMetrics(register: Registry): Pick<Metrics, 'request' | 'stage' | 'limited' | 'shed'> {
  const requests = new Counter(
    named(register, 'http_requests_total', 'Answered requests', ['route', 'method', 'status']),
  );
  const seconds = new Histogram({
    ...named(register, 'http_request_duration_seconds', 'Until the answer begins', ['route', 'class']),
    buckets: ANSWER_SECONDS,
  });
  const stages = new Histogram({
    ...named(register, 'search_stage_seconds', 'Parts of a search', ['stage']),
    buckets: STAGE_SECONDS,
  });
  const limits = new Counter(
    named(register, 'limiter_requests_total', 'Requests by what the limiter said', ['rule', 'outcome']),
  );
  const sheds = new Counter(
    named(register, 'http_shed_total', 'Requests refused before they were worked on', ['reason']),
  );
  return {
    request: ({ route, method, status, ms }) => {
      const known = METHODS.has(method) ? method : 'OTHER';
      requests.inc({ route, method: known, status: String(status) });
      seconds.observe({ route, class: `${Math.floor(status / 100)}xx` }, ms / 1000);
    },
    stage: (stage, ms) => stages.observe({ stage }, ms / 1000),
    limited: (rule, outcome) => limits.inc({ rule, outcome }),
    shed: (reason) => sheds.inc({ reason }),
  };
}

/** What is counted elsewhere and read when asked. */
function pulledMetrics(register: Registry, sources: MetricSources): void {
  gauge(register, 'build_info', 'The running version', ['version'], (set) =>
    set({ version: sources.version }, 1),
  );
  gauge(
    register,
    'network_version',
    'Number of the activation of the timetable in use',
    ['network'],
    (set) => {
      const { id, version } = sources.network();
      set({ network: id }, version ?? 0);
    },
  );
  gauge(register, 'network_valid_until_seconds', 'End of the timetable in use', [], (set) =>
    set({}, Date.parse(sources.network().validTo) / 1000),
  );
  gauge(register, 'http_requests_under_way', 'Requests without an answer yet', [], (set) =>
    set({}, sources.underWay()),
  );
  gauge(register, 'search_pool', 'Search threads, and questions in them and before them', ['what'], (set) => {
    const { threads, asked, waiting, meanMs } = sources.searches();
    set({ what: 'threads' }, threads);
    set({ what: 'computing' }, asked - waiting);
    set({ what: 'waiting' }, waiting);
    set({ what: 'mean_seconds' }, meanMs / 1000);
  });
  counter(register, 'search_pool_refused_total', 'Searches refused for the length of the queue', [], (set) =>
    set({}, sources.searches().refused),
  );
  counter(register, 'route_cache_total', 'Searches by where their answer came from', ['outcome'], (set) => {
    for (const [outcome, count] of Object.entries(sources.routeCache())) set({ outcome }, count);
  });
  counter(register, 'analytics_rows_total', 'Rows of the figures', ['queue', 'outcome'], (set) => {
    for (const [queue, counts] of Object.entries(sources.analytics()))
      for (const outcome of ['written', 'dropped', 'refused'] as const)
        set({ queue, outcome }, counts[outcome]);
  });
  gauge(
    register,
    'analytics_waiting_rows',
    'Rows of the figures that wait to be written',
    ['queue'],
    (set) => {
      for (const [queue, { waiting }] of Object.entries(sources.analytics())) set({ queue }, waiting);
    },
  );
  poolMetrics(register, sources.pools);
  replicaMetrics(register, sources);
}

function poolMetrics(register: Registry, pools: MetricSources['pools']): void {
  const all = () => Object.entries(pools).map(([pool, counts]) => ({ pool, ...counts() }));
  gauge(register, 'database_connections', 'Connections of the pool', ['pool', 'state'], (set) => {
    for (const { pool, max, open, idle } of all()) {
      set({ pool, state: 'most' }, max);
      set({ pool, state: 'idle' }, idle);
      set({ pool, state: 'lent' }, open - idle);
    }
  });
  gauge(register, 'database_waiting', 'Requests that wait for a connection', ['pool'], (set) => {
    for (const { pool, waiting } of all()) set({ pool }, waiting);
  });
  gauge(register, 'database_away', '1 while the server cannot be reached', ['pool'], (set) => {
    for (const { pool, away } of all()) set({ pool }, Number(away));
  });
  gauge(register, 'database_held_seconds', 'How long a connection is lent, running mean', ['pool'], (set) => {
    for (const { pool, heldMs } of all()) set({ pool }, heldMs / 1000);
  });
  counter(register, 'database_acquired_total', 'Connections lent', ['pool'], (set) => {
    for (const { pool, acquired } of all()) set({ pool }, acquired);
  });
  counter(register, 'database_refused_total', 'Refused a connection', ['pool', 'reason'], (set) => {
    for (const { pool, refused } of all())
      for (const [reason, count] of Object.entries(refused)) set({ pool, reason }, count);
  });
}

function replicaMetrics(register: Registry, sources: MetricSources): void {
  counter(
    register,
    'database_reads_total',
    'Reads that may be a moment old, by who answered',
    ['server'],
    (set) => {
      const { replica, primary } = sources.reads();
      set({ server: 'replica' }, replica);
      set({ server: 'primary' }, primary);
    },
  );
  gauge(register, 'replica_used', '1 while the replica is read from', [], (set) =>
    set({}, Number(sources.reads().used)),
  );
  gauge(register, 'replica_lag_seconds', 'How far the replica is behind, when that is known', [], (set) => {
    const { lagMs } = sources.reads();
    if (lagMs !== null) set({}, lagMs / 1000);
  });
}

/** Of all processes: they are read from the database. Without it they are left out. */
function jobMetrics(register: Registry, jobs: NonNullable<MetricSources['jobs']>): void {
  const health = shared(() => withinBudget(DATABASE_MS, jobs).catch(() => null));
  const eachJob = (name: string, help: string, valueOf: (job: JobFigures['jobs'][number]) => number) =>
    gauge(register, name, help, ['job'], async (set) => {
      for (const job of (await health())?.jobs ?? []) set({ job: job.name }, valueOf(job));
    });
  eachJob('job_late', '1: the job has missed two of its times', ({ late }) => Number(late));
  eachJob('job_failures_in_a_row', 'Failed runs since the last good one', ({ failedInARow }) => failedInARow);
  gauge(register, 'queue_jobs', 'Jobs in the queue', ['state'], async (set) => {
    for (const [state, count] of Object.entries((await health())?.queue ?? {})) set({ state }, Number(count));
  });
}

/** Of the folder that this process backs up to. Without a good backup there is no age and no size. */
function backupMetrics(register: Registry, backups: NonNullable<MetricSources['backups']>): void {
  const status = shared(() => backups().catch(() => null)); // a folder that cannot be read
  gauge(register, 'backup_age_seconds', 'Since the last good backup was finished', [], async (set) => {
    const last = (await status())?.lastGood;
    if (last) set({}, last.ageSeconds);
  });
  gauge(register, 'backup_bytes', 'The last good backup, as it lies on the disk', [], async (set) => {
    const last = (await status())?.lastGood;
    if (last) set({}, last.bytes);
  });
  gauge(register, 'backups', 'Backups that are kept', ['state'], async (set) => {
    const { count, bad } = (await status()) ?? { count: 0, bad: 0 };
    set({ state: 'good' }, count - bad);
    set({ state: 'bad' }, bad);
  });
  gauge(register, 'backup_failed', '1: the last backup that was tried failed', [], async (set) => {
    const found = await status();
    set({}, Number(found === null || found.lastFailure !== null));
  });
}

/** One reading for all metrics of a scrape: the registry asks them in one go, before any reading can end. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read().finally(() => (reading = undefined)));
}

type Set<Label extends string> = (labels: Partial<Record<Label, string>>, value: number) => void;

/** What is not set when it is read is left out. */
function gauge<Label extends string>(
  register: Registry,
  name: string,
  help: string,
  labelNames: Label[],
  read: (set: Set<Label>) => void | Promise<void>,
): void {
  const metric: Gauge<Label> = new Gauge({
    ...named(register, name, help, labelNames),
    collect: async () => {
      metric.reset();
      if (labelNames.length === 0) metric.remove(); // which a reset sets to 0
      await read((labels, value) => metric.set(labels as LabelValues<Label>, value));
    },
  });
}

/** A count that somebody else keeps. */
function counter<Label extends string>(
  register: Registry,
  name: string,
  help: string,
  labelNames: Label[],
  read: (set: Set<Label>) => void,
): void {
  const metric: Counter<Label> = new Counter({
    ...named(register, name, help, labelNames),
    collect: () => {
      metric.reset();
      read((labels, value) => metric.inc(labels as LabelValues<Label>, value));
    },
  });
}
