import type { Translation } from '../extras.ts';
import type { Agency, Route, Stop } from '../feed.ts';
import type { NoticeLog } from '../notice.ts';
import type { FeedSource } from '../source.ts';
import { readTable, type TableRow } from '../table.ts';

interface Translatable {
  readonly agencies: readonly Agency[];
  readonly stops: readonly Stop[];
  readonly routes: readonly Route[];
}

/** The texts that travellers see, by table and field; `field_value` is compared with them. */
type TextOf = (index: number) => string;
interface Target {
  readonly byId: ReadonlyMap<string, number>;
  readonly count: number;
  readonly fields: ReadonlyMap<string, TextOf>;
}

/** Indian feeds name a stop in two or three languages; a thousand times that is no timetable any more. */
const MOST_TRANSLATIONS = 2_000_000;

/** Names in other languages, of one record (`record_id`) or of every record with a text (`field_value`). */
export async function readTranslations(
  source: FeedSource,
  log: NoticeLog,
  feed: Translatable,
): Promise<Translation[]> {
  const translations: Translation[] = [];
  const targets = targetsOf(feed);
  const byText = new Map<string, Map<string, number[]>>();
  let ignored = 0;
  const spec = { required: ['table_name', 'field_name', 'language', 'translation'], essential: false };
  await readTable(source, 'translations.txt', log, spec, (row) => {
    const table = row.text('table_name');
    const field = row.text('field_name');
    const target = targets.get(table);
    const textOf = target?.fields.get(field);
    const language = row.required('language');
    const text = row.name('translation');
    if (!target || !textOf || text === '' || translations.length > MOST_TRANSLATIONS) {
      ignored++;
      return;
    }
    if (language === null) return;
    for (const index of recordsOf(row, target, textOf, byText))
      translations.push({ table: table as Translation['table'], index, field, language, text });
  });
  if (ignored > 0) {
    const said = `${ignored} rows translate texts that are not shown, or give none; they were not used.`;
    log.add('IGNORED_ROWS', { file: 'translations.txt' }, said);
  }
  return translations;
}

function recordsOf(
  row: TableRow,
  target: Target,
  textOf: TextOf,
  byText: Map<string, Map<string, number[]>>,
): readonly number[] {
  const id = row.text('record_id');
  if (id !== '') {
    const index = target.byId.get(id);
    if (index !== undefined) return [index];
    const said = `This record is not in ${row.text('table_name')}.txt; the row was left out.`;
    row.notice('UNKNOWN_REFERENCE', 'record_id', said);
    return [];
  }
  const value = row.name('field_value');
  const key = `${row.text('table_name')} ${row.text('field_name')}`;
  let known = byText.get(key);
  if (!known) {
    const indexes = Array.from({ length: target.count }, (_, index) => index);
    byText.set(key, (known = Map.groupBy(indexes, textOf)));
  }
  const found = known.get(value);
  if (found && value !== '') return found;
  row.notice('UNKNOWN_REFERENCE', 'field_value', 'No record has this text; the row was left out.');
  return [];
}

function targetsOf({ agencies, stops, routes }: Translatable): Map<string, Target> {
  const target = <T extends { readonly id: string }>(
    rows: readonly T[],
    fields: Readonly<Record<string, (row: T) => string>>,
  ): Target => ({
    byId: new Map(rows.map(({ id }, index) => [id, index])),
    count: rows.length,
    fields: new Map(
      Object.entries(fields).map(([name, text]) => [name, (index: number) => text(rows[index]!)]),
    ),
  });
  return new Map([
    ['agency', target(agencies, { agency_name: ({ name }) => name })],
    ['stops', target(stops, { stop_name: ({ name }) => name })],
    [
      'routes',
      target(routes, {
        route_short_name: ({ shortName }) => shortName,
        route_long_name: ({ longName }) => longName,
      }),
    ],
  ]);
}
