import type { Writable } from 'node:stream';

/** Shows how far long work is. Silent when standard error is not a terminal. */
export interface Progress {
  /** `done` and `total` in the unit of the work; without `total` only the label is shown. */
  readonly report: (label: string, done?: number, total?: number) => void;
  /** Removes the bar; the next report starts a new one. */
  readonly clear: () => void;
}

/** Work shorter than this shows no bar. */
const QUIET_MS = 700;
const REDRAW_MS = 80;
const BAR = 24;

export interface TerminalStream extends Pick<Writable, 'write'> {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A progress bar on `stream`, drawn only after the work has lasted `QUIET_MS`. */
export function createProgress(
  stream: TerminalStream,
  now: () => number = performance.now.bind(performance),
): Progress {
  if (!stream.isTTY) return { report: () => undefined, clear: () => undefined };
  let started: number | null = null;
  let drawn = 0;
  return {
    report(label, done, total) {
      const time = now();
      started ??= time;
      if (time - started < QUIET_MS || time - drawn < REDRAW_MS) return;
      drawn = time;
      const line = barLine(label, done, total).slice(0, (stream.columns ?? 80) - 1);
      stream.write(`\r\u001B[K${line}`);
    },
    clear() {
      if (drawn > 0) stream.write('\r\u001B[K');
      started = null;
      drawn = 0;
    },
  };
}

/** `importing stops  [######------]  52 %`. */
export function barLine(label: string, done?: number, total?: number): string {
  if (done === undefined || total === undefined || total <= 0) return `${label} …`;
  const share = Math.min(1, Math.max(0, done / total));
  const filled = Math.round(share * BAR);
  return `${label}  [${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]  ${Math.floor(share * 100)} %`;
}

/** Terminal columns a text takes: wide for CJK, none for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (/\p{M}/u.test(char) || point === 0x200d) continue;
    width += point >= 0x1100 && /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(char) ? 2 : 1;
  }
  return width;
}

/** Rows as columns, padded; a column whose header starts with `>` is aligned right. */
export function textTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = headers.map((header) => header.startsWith('>'));
  const all = [headers.map((header) => header.replace(/^>/, '')), ...rows];
  const widths = headers.map((_, column) => Math.max(...all.map((row) => displayWidth(row[column] ?? ''))));
  const pad = (text: string, column: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(text)));
    return right[column] ? space + text : text + space;
  };
  return all
    .map((row) =>
      widths
        .map((_, column) => pad(row[column] ?? '', column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
