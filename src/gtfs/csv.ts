import { refusal } from './refusal.ts';

/**
 * A streaming splitter for GTFS text (RFC 4180 with the liberties that feeds take). csv-parse needs 0.35–0.7 s
 * for the 200,000 stop times of a national feed and gives no line number of a quoted record without more; this
 * one takes a fifth of that because it makes no string until a caller asks for one. Its test compares it with
 * csv-parse on random input.
 */
export interface CsvRecord {
  /** Line of the file on which the record starts, from 1. */
  readonly line: number;
  readonly width: number;
  /** Fields lie in `source` from `starts[i]` to `ends[i]`, outer blanks left out. */
  readonly source: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Text after a closing quote: fields cannot be told apart for certain. */
  readonly badQuotes: boolean;
  /** Holds U+FFFD (bytes that are not UTF-8) or NUL. */
  readonly damage: 'utf8' | 'nul' | null;
  text(field: number): string;
}

export interface CsvOptions {
  /** Longest record in characters; more means a quote that never closes, or an attack. */
  readonly maxRecord?: number;
  onLoneCarriageReturn?(): void;
}

const MAX_RECORD = 1 << 20;
const COMMA = 44;
const QUOTE = 34;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;

/**
 * Calls `onRecord` for each record, blank lines left out. The record object is reused: take what you need
 * before returning. Throws `FEED_UNREADABLE` naming `file` and line.
 */
export async function readCsv(
  bytes: AsyncIterable<Buffer>,
  file: string,
  onRecord: (record: CsvRecord) => void,
  options: CsvOptions = {},
): Promise<void> {
  const splitter = new Splitter(file, onRecord, options);
  const decoder = new TextDecoder('utf-8');
  let first = true;
  for await (const chunk of bytes) {
    if (first && chunk.length > 1) {
      refuseUtf16(chunk, file);
      first = false;
    }
    splitter.push(decoder.decode(chunk, { stream: true }), false);
  }
  splitter.push(decoder.decode(), true);
}

function refuseUtf16(chunk: Buffer, file: string): void {
  const mark = chunk.readUInt16BE(0);
  const sparse = chunk.length > 3 && (chunk[1] === 0 || chunk[0] === 0);
  if (mark === 0xfffe || mark === 0xfeff || sparse)
    throw refusal('UTF16_TEXT', { file }, `${file} is UTF-16 text; save it as UTF-8 and try again.`);
}

class Splitter implements CsvRecord {
  line = 1;
  width = 0;
  source = '';
  starts: number[] = [];
  ends: number[] = [];
  badQuotes = false;
  damage: 'utf8' | 'nul' | null = null;
  readonly #file: string;
  readonly #onRecord: (record: CsvRecord) => void;
  readonly #options: CsvOptions;
  readonly #maxRecord: number;
  #rest = '';
  #lineEnd: '\n' | '\r' | null = null;
  /** Line on which the next record starts. */
  #nextLine = 1;
  #damaged = false;

  constructor(file: string, onRecord: (record: CsvRecord) => void, options: CsvOptions) {
    this.#file = file;
    this.#onRecord = onRecord;
    this.#options = options;
    this.#maxRecord = options.maxRecord ?? MAX_RECORD;
  }

  text(field: number): string {
    return field < 0 || field >= this.width ? '' : this.source.slice(this.starts[field], this.ends[field]);
  }

  push(chunk: string, final: boolean): void {
    const text = this.#rest + chunk;
    this.#damaged ||= chunk.includes('\uFFFD') || chunk.includes('\0');
    const lineEnd = (this.#lineEnd ??= this.#findLineEnd(text, final));
    let at = 0;
    if (lineEnd !== null) {
      let quote = text.indexOf('"');
      for (;;) {
        const end = text.indexOf(lineEnd, at);
        if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
        const next =
          quote !== -1 && (end === -1 || quote < end)
            ? this.#quotedRecord(text, at, lineEnd, final)
            : this.#plainRecord(text, at, end, final);
        if (next === -1) break;
        at = next;
      }
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > this.#maxRecord) this.#refuseLength();
    if (final && this.#rest !== '') this.#refuseOpenQuote();
  }

  #findLineEnd(text: string, final: boolean): '\n' | '\r' | null {
    const at = text.search(/[\r\n]/);
    if (at === -1) return final ? '\n' : null;
    if (text[at] === '\n' || text[at + 1] === '\n') return '\n';
    if (at === text.length - 1 && !final) return null;
    this.#options.onLoneCarriageReturn?.();
    return '\r';
  }

  /** Splits at commas without looking for quotes. Answers where the next record starts, or -1. */
  #plainRecord(text: string, at: number, lineEnd: number, final: boolean): number {
    if (lineEnd === -1 && (!final || at >= text.length)) return -1;
    const stop = lineEnd === -1 ? text.length : lineEnd;
    let end = stop;
    if (end > at && text.charCodeAt(end - 1) === RETURN) end--;
    if (end - at > this.#maxRecord) this.#refuseLength();
    let width = 0;
    let start = at;
    for (let i = at; i <= end; i++) {
      if (i < end && text.charCodeAt(i) !== COMMA) continue;
      let from = start;
      let to = i;
      while (from < to && isBlank(text.charCodeAt(from))) from++;
      while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
      this.starts[width] = from;
      this.ends[width++] = to;
      start = i + 1;
    }
    this.width = width;
    this.source = text;
    this.badQuotes = false;
    this.#emit(at, end, 1);
    return stop + 1;
  }

  /** A record with quotes: fields are unquoted into a text of their own. */
  #quotedRecord(text: string, at: number, lineEnd: string, final: boolean): number {
    const fields: string[] = [];
    let bad = false;
    let lines = 1;
    let i = at;
    for (;;) {
      while (i < text.length && isBlank(text.charCodeAt(i))) i++;
      let value = '';
      const quoted = text.charCodeAt(i) === QUOTE;
      if (quoted) {
        const from = i + 1;
        let close = text.indexOf('"', from);
        while (close !== -1 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
        if (close === -1) return -1;
        value = text.slice(from, close);
        for (const sign of value) if (sign === lineEnd) lines++;
        value = value.replaceAll('""', '"');
        i = close + 1;
      }
      const rest = i;
      while (i < text.length && text.charCodeAt(i) !== COMMA && text[i] !== lineEnd) i++;
      if (i >= text.length && !final) return -1;
      const tail = text.slice(rest, i).trim();
      if (quoted && tail !== '') bad = true;
      fields.push(value + tail);
      if (i >= text.length || text[i] === lineEnd) break;
      i++;
    }
    this.#unquoted(fields);
    this.badQuotes = bad;
    this.#emit(0, this.source.length, lines);
    return i + 1;
  }

  #unquoted(fields: readonly string[]): void {
    this.source = fields.join('');
    this.width = fields.length;
    let at = 0;
    fields.forEach((field, index) => {
      this.starts[index] = at;
      at += field.length;
      this.ends[index] = at;
    });
  }

  #emit(from: number, to: number, lines: number): void {
    this.line = this.#nextLine;
    this.#nextLine += lines;
    if (this.width === 1 && from === to) return;
    this.damage = null;
    if (this.#damaged) {
      this.damage = damageOf(this.source.slice(from, to));
    }
    this.#onRecord(this);
  }

  #refuseLength(): never {
    throw refusal(
      'RECORD_TOO_LONG',
      { file: this.#file, row: this.#nextLine },
      `${this.#file} line ${this.#nextLine}: a row is longer than ${this.#maxRecord} characters; probably a quote is never closed.`,
    );
  }

  #refuseOpenQuote(): never {
    throw refusal(
      'OPEN_QUOTE',
      { file: this.#file, row: this.#nextLine },
      `${this.#file} line ${this.#nextLine}: a quote is opened and never closed; mend the row and try again.`,
    );
  }
}

const damageOf = (text: string): CsvRecord['damage'] =>
  text.includes('\0') ? 'nul' : text.includes('\uFFFD') ? 'utf8' : null;

const isBlank = (code: number): boolean => code === SPACE || code === TAB;
