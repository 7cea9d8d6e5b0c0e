import { epochDayOf } from '../units/time.ts';
import { type CsvRecord, readCsv } from './csv.ts';
import { cleanName, hasUnseen, LONGEST_ID, LONGEST_NAME } from './names.ts';
import type { NoticeCode, NoticeLog } from './notice.ts';
import { refusal } from './refusal.ts';
import type { FeedSource, TableName } from './source.ts';

export const DEGREES = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const LONGEST_ADDRESS = 2000;

/** One row of a table with its checks: a check that fails writes the notice and answers `null`. */
export class TableRow {
  readonly file: TableName;
  readonly record: CsvRecord;
  /** Fields of the header. */
  readonly width: number;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #log: NoticeLog;

  constructor(file: TableName, record: CsvRecord, columns: ReadonlyMap<string, number>, log: NoticeLog) {
    this.file = file;
    this.record = record;
    this.width = record.width;
    this.#columns = columns;
    this.#log = log;
  }

  /** Position of a column, or -1. */
  index(column: string): number {
    return this.#columns.get(column) ?? -1;
  }

  text(column: string): string {
    return this.record.text(this.index(column));
  }

  notice(code: NoticeCode, column: string | undefined, message: string): void {
    const place = { file: this.file, row: this.record.line };
    this.#log.add(
      code,
      column === undefined ? place : { ...place, column, value: this.text(column) },
      message,
    );
  }

  required(column: string): string | null {
    const value = this.text(column);
    if (value !== '') return value;
    this.notice('MISSING_VALUE', column, `${column} is empty; the row was left out.`);
    return null;
  }

  /** The id that this row defines. Ids are printed, too, so one with unseen characters is no id. */
  id(column: string): string | null {
    const id = this.required(column);
    if (id === null || (id.length <= LONGEST_ID && !hasUnseen(id))) return id;
    this.notice(
      'INVALID_ID',
      column,
      `${column} holds characters that cannot be seen or more than ${LONGEST_ID}; the row was left out.`,
    );
    return null;
  }

  /** A text to be shown to travellers, made harmless: see `cleanName`. */
  name(column: string): string {
    const { text, cleaned, cut } = cleanName(this.text(column));
    if (cleaned) this.notice('NAME_CLEANED', column, 'Control or direction characters were taken out.');
    if (cut) this.notice('NAME_CUT', column, `Names are kept up to ${LONGEST_NAME} characters; cut there.`);
    return text;
  }

  /** A whole number in a range; `absent` when the field is empty. */
  integer(column: string, min: number, max: number, absent: number | null = null): number | null {
    const value = this.text(column);
    if (value === '' && absent !== null) return absent;
    const number = /^[+-]?\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    this.notice(
      'INVALID_NUMBER',
      column,
      `${column} must be a whole number from ${min} to ${max}; the row was left out.`,
    );
    return null;
  }

  /** Degrees between `-limit` and `limit`; an empty field is a fault, too. */
  degrees(column: string, limit: number): number | null {
    const text = this.text(column);
    const degrees = DEGREES.test(text) ? Number(text) : NaN;
    if (Math.abs(degrees) <= limit) return degrees;
    this.notice(
      'INVALID_COORDINATE',
      column,
      `${column} must lie between -${limit} and ${limit}; the row was left out.`,
    );
    return null;
  }

  /** An address that a page may link to, else ''. */
  webAddress(column: string): string {
    const text = this.text(column);
    if (text === '') return '';
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url && /^https?:$/.test(url.protocol) && text.length <= LONGEST_ADDRESS) return url.href;
    this.notice('INVALID_OPTION', column, 'This is no address of the web; it was not used.');
    return '';
  }

  /** `YYYYMMDD` as days since 1970-01-01. `done`: what a notice says was done without one. */
  date(column: string, done = 'the row was left out'): number | null {
    const value = this.text(column);
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
    const day = match && epochDayOf(Number(match[1]), Number(match[2]), Number(match[3]));
    if (day !== null) return day;
    this.notice('INVALID_DATE', column, `${column} is not a date (YYYYMMDD); ${done}.`);
    return null;
  }

  /** `H:MM:SS` as seconds from service-day start. */
  seconds(column: string): number | null {
    const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(this.text(column));
    if (match) return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
    this.notice('INVALID_TIME', column, `${column} is not a time (HH:MM:SS); the row was left out.`);
    return null;
  }
}

export interface TableSpec {
  readonly required: readonly string[];
  /** The feed cannot be used without this table; others are left out when they are absent or damaged. */
  readonly essential: boolean;
  /** An essential table that may hold no rows all the same. */
  readonly mayBeEmpty?: boolean;
}

/**
 * Reads one table row by row. Answers whether it was there. Rows that cannot be split with certainty are left
 * out with a notice; short rows are read with empty fields.
 */
export async function readTable(
  source: FeedSource,
  file: TableName,
  log: NoticeLog,
  spec: TableSpec,
  onRow: (row: TableRow) => void,
): Promise<boolean> {
  const table = source.tables.get(file);
  if (!table) {
    if (spec.essential)
      throw refusal('MISSING_TABLE', { file }, `${file} is missing in ${source.name}; a feed needs it.`);
    return false;
  }
  let row: TableRow | null = null;
  let ignored = false;
  let rows = 0;
  const onRecord = (record: CsvRecord): void => {
    if (ignored) return;
    if (row === null) {
      const columns = readHeader(record, file);
      const missing = spec.required.filter((column) => !columns.has(column));
      if (missing.length > 0) ignored = missingColumns(missing, file, log, spec);
      row = new TableRow(file, record, columns, log);
      return;
    }
    rows++;
    if (isSound(row)) onRow(row);
  };
  const onLoneCarriageReturn = (): void =>
    log.add('LINE_ENDS', { file, row: 1 }, 'Lines end with a bare carriage return; they were read as lines.');
  await readCsv(table.read(), file, onRecord, { onLoneCarriageReturn });
  if (spec.essential && (row === null || (rows === 0 && !spec.mayBeEmpty)))
    throw refusal('EMPTY_TABLE', { file }, `${file} is empty in ${source.name}; it needs a header and rows.`);
  if (rows === 0 && !ignored) log.add('EMPTY_TABLE', { file }, `${file} holds no rows.`);
  return row !== null && !ignored;
}

function readHeader(record: CsvRecord, file: TableName): Map<string, number> {
  const columns = new Map<string, number>();
  for (let field = 0; field < record.width; field++) {
    const name = record.text(field).toLowerCase();
    if (name === '') continue;
    if (columns.has(name))
      throw refusal(
        'DUPLICATE_COLUMN',
        { file, row: 1, column: name },
        `${file} has the column ${name} twice; remove one.`,
      );
    columns.set(name, field);
  }
  return columns;
}

function missingColumns(missing: readonly string[], file: TableName, log: NoticeLog, spec: TableSpec): true {
  if (spec.essential)
    throw refusal(
      'MISSING_COLUMN',
      { file, row: 1, column: missing[0]! },
      `${file} lacks the column ${missing.join(' and ')}; add it.`,
    );
  for (const column of missing)
    log.add('MISSING_COLUMN', { file, row: 1, column }, `${column} is missing; ${file} was not used.`);
  return true;
}

/** Width and characters of a row; false when it has to be left out. */
function isSound(row: TableRow): boolean {
  const { record } = row;
  const { width } = record;
  const expected = row.width;
  if (record.badQuotes) {
    row.notice('BAD_QUOTES', undefined, 'Text follows a closing quote; the row was left out.');
    return false;
  }
  if (record.damage === 'nul') {
    row.notice('NUL_CHARACTER', undefined, 'The row holds a NUL character and was left out.');
    return false;
  }
  if (record.damage === 'utf8')
    row.notice('INVALID_UTF8', undefined, 'The row holds bytes that are not UTF-8; they were replaced.');
  if (width > expected) {
    for (let field = expected; field < width; field++) {
      if (record.text(field) === '') continue;
      row.notice('ROW_TOO_LONG', undefined, `The row has ${width} fields, not ${expected}; it was left out.`);
      return false;
    }
  }
  if (width < expected)
    row.notice(
      'ROW_TOO_SHORT',
      undefined,
      `The row has ${width} fields, not ${expected}; the rest was read as empty.`,
    );
  return true;
}
