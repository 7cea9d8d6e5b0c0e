import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  corridors,
  type ExportPage,
  exportRows,
  type ExportTable,
  exportTables,
  funnel,
  platformFigures,
  readPeriod,
} from '../features/analytics/index.ts';
import { readGazetteer } from '../features/places/index.ts';
import { AppError } from '../errors.ts';
import { csvLine, type CsvValue } from '../units/csv.ts';
import { asEpochDay, epochMinuteOf, formatDate, isZone, parseDate, wallClockAt } from '../units/time.ts';
import { summaryText } from './analyticsText.ts';
import { type Command, type CommandContext, type CommandGroup, textOption, UsageError } from './command.ts';
import { withReader, withServiceDatabase } from './serviceDatabase.ts';

const PERIOD_OPTIONS = {
  since: { type: 'string', value: 'WHEN', help: 'First day: 2026-11-01, or 30d for the last 30 days' },
  until: { type: 'string', value: 'DATE', help: 'Last day (default: today)' },
  zone: { type: 'string', value: 'ZONE', help: 'Zone of the days (default: Asia/Kolkata)' },
} as const;

interface Asked {
  readonly since?: string;
  readonly until?: string;
  readonly zone: string;
}

const INDIA = 'Asia/Kolkata';
const DAYS = /^([1-9]\d{0,2})d$/;

/** The flags of a period, checked. Throws `UsageError`. */
function periodOf({ values }: CommandContext): Asked {
  const zone = textOption(values, 'zone') ?? INDIA;
  if (!isZone(zone)) throw new UsageError(`--zone must be an IANA zone, as ${INDIA}, not "${zone}"`);
  const until = dayOption(values, 'until', zone);
  const since = dayOption(values, 'since', zone);
  return { zone, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

function dayOption(values: CommandContext['values'], name: string, zone: string): string | undefined {
  const text = textOption(values, name)?.trim();
  if (text === undefined) return undefined;
  const ago = name === 'since' ? DAYS.exec(text)?.[1] : undefined;
  if (ago !== undefined)
    return formatDate(asEpochDay(wallClockAt(epochMinuteOf(Date.now()), zone).day - Number(ago) + 1));
  if (parseDate(text) === null)
    throw new UsageError(
      `--${name} must be a date as 2026-11-01${name === 'since' ? ', or 30d' : ''}, not "${text}"`,
    );
  return text;
}

/** Cities of the gazetteer; a stop of a timetable keeps its id. */
function cityNames(): (id: string) => string | null {
  const names = new Map(readGazetteer().cities.map(({ id, name }) => [`city:${id}`, name]));
  return (id) => names.get(id) ?? null;
}

const summaryCommand: Command = {
  name: 'summary',
  summary: 'Show how searches became bookings, where to and by which platform',
  usage: '[--since 30d] [--until DATE] [--zone ZONE]',
  details: `The last 30 days unless --since says otherwise. Corridors with fewer than five visits are counted together, and
fewer than five clicks or bookings in one are not told: nobody is to be found in them.`,
  options: PERIOD_OPTIONS,
  async run(context) {
    const query = periodOf(context);
    const now = Date.now();
    const summary = await withReader(context.config, async (reads) => ({
      funnel: await funnel(reads, query, now),
      corridors: await corridors(reads, query, cityNames(), now),
      platforms: await platformFigures(reads, query, now),
    }));
    context.out(context.json ? JSON.stringify(summary) : summaryText(summary));
  },
};

const exportCommand: Command = {
  name: 'export',
  summary: 'Write the rows of a table as CSV or JSON',
  usage: 'TABLE --csv|--json [--since WHEN] [--until DATE] [--out FILE] [--personal]',
  details: `TABLE is ${exportTables.join(' or ')}. Rows come oldest first, as one moment saw them, and are not held in memory.
CSV is RFC 4180 in UTF-8; a text that a spreadsheet would take for a formula has an apostrophe before its sign. --json
writes one array of objects; with --out it goes to the file. Without --personal no user, network, browser or trip is
in it, and no id of a click, by which whoever has it may answer for the click.`,
  positionals: ['TABLE'],
  options: {
    csv: { type: 'boolean', help: 'Comma-separated values, with a head' },
    ...PERIOD_OPTIONS,
    out: { type: 'string', value: 'FILE', help: 'Write to this file instead of standard output' },
    personal: { type: 'boolean', help: 'With what names users: keep such a file as you keep the database' },
  },
  async run(context) {
    const { values, positionals, config, json, out } = context;
    const table = positionals[0] as ExportTable;
    if (!exportTables.includes(table))
      throw new UsageError(`TABLE must be ${exportTables.join(' or ')}, not "${table}"`);
    if (json === (values['csv'] === true)) throw new UsageError('Say either --csv or --json');
    const file = textOption(values, 'out');
    const request = { table, span: spanOf(context), personal: values['personal'] === true };
    const rows = await withServiceDatabase(config, (service) =>
      toOutput(context, file, async (write) => {
        const format = json ? jsonText() : csvText;
        const count = await exportRows(service, request, async (page) => {
          context.progress.report(`exporting ${table}`, page.done, page.total);
          await write(format(page));
        });
        if (json) await write(count === 0 ? '[]\n' : '\n]\n');
        return count;
      }),
    );
    if (file === undefined) return;
    out(json ? JSON.stringify({ table, rows, file }) : `Wrote ${rows} rows of ${table} to ${file}.`);
  },
};

function spanOf(context: CommandContext): { from: Date | null; to: Date | null } {
  const asked = periodOf(context);
  const { since, until, zone } = asked;
  // The bounds of single days: a period may be of any length here.
  const edge = (day: string | undefined, side: 'from' | 'to'): Date | null =>
    day === undefined ? null : readPeriod({ since: day, until: day, zone }, Date.now())[side];
  const [from, to] = [edge(since, 'from'), edge(until, 'to')];
  if (from && to && from >= to) throw new UsageError(`--since ${since} is after --until ${until}`);
  return { from, to };
}

const csvText = ({ columns, rows, done }: ExportPage): string =>
  done === 0 ? csvLine(columns) : rows.map((row) => csvLine(row as CsvValue[])).join('');

/** One array, an object a row; its end is written when all rows are. */
function jsonText(): (page: ExportPage) => string {
  let before = '[\n';
  return ({ columns, rows }) =>
    rows
      .map((row) => {
        const object = Object.fromEntries(columns.map((column, index) => [column, row[index]]));
        const text = `${before}${JSON.stringify(object)}`;
        before = ',\n';
        return text;
      })
      .join('');
}

/** Runs `work` with what writes for it: to standard output, or to a file that is there whole or not at all. */
async function toOutput<T>(
  { stream }: CommandContext,
  file: string | undefined,
  work: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  if (file === undefined) return work(stream);
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  const refusal = (cause: unknown): AppError =>
    new AppError('CONFIGURATION', `${file} cannot be written: ${(cause as Error).message}`, { cause });
  const handle = await open(part, 'wx', 0o600).catch((cause: unknown) => {
    throw refusal(cause);
  });
  try {
    const result = await work(async (text) => {
      await handle.appendFile(text).catch((cause: unknown) => {
        throw refusal(cause);
      });
    });
    await handle.close();
    await rename(part, file).catch((cause: unknown) => {
      throw refusal(cause);
    });
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

export const command: CommandGroup = {
  name: 'analytics',
  summary: 'Searches, clicks and bookings in figures; export them',
  commands: [summaryCommand, exportCommand],
};
