/** CSV (RFC 4180) in which no text of others begins a formula, whichever program opens it. */

/** What one cell may hold. An object is written as JSON. */
export type CsvValue = string | number | boolean | Date | object | null | undefined;

/** One record with its line end. */
export const csvLine = (values: readonly CsvValue[]): string => `${values.map(csvCell).join(',')}\r\n`;

function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return quoted(disarmed(value, (sign) => `'${sign}`));
  return quoted(disarmed(JSON.stringify(value), escapeInJson));
}

/** Separators of other programs and countries, too: there an unquoted `a;=1+1` would be two cells. */
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$/;
const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const STARTS_FORMULA = new Set('=+-@＝＋－＠');
const ANY_SIGN = /[=+\-@＝＋－＠]|^[\t\r\n]/;
const SEPARATORS = new Set(',;|\t\r\n');
/** What programs drop before they look at a cell. */
const DROPPED = /[\s"\p{Cc}\p{Cf}]/u;
/** `-5` and `+919812345678` are numbers, `-5+cmd` is not. In JSON brackets may follow. */
const NUMBER = /[+-]\d[\d.]*(?:e[+-]?\d+)?[\s"\]}]*(?=[,;|\t\r\n]|$)/iy;

/**
 * The text with `mark` in place of every sign that would begin a formula: at its beginning and, for programs that part
 * cells otherwise, behind every separator (https://owasp.org/www-community/attacks/CSV_Injection). In one pass, so that
 * its time grows with its length.
 */
function disarmed(text: string, mark: (sign: string) => string): string {
  if (!ANY_SIGN.test(text)) return text;
  // A leading tab or line end: some programs drop it and look again.
  let safe = /^[\t\r\n]/.test(text) ? `'` : '';
  let atStart = true;
  let index = 0;
  for (const character of text) {
    let written = character;
    if (SEPARATORS.has(character)) atStart = true;
    else if (atStart && !DROPPED.test(character)) {
      atStart = false;
      if (STARTS_FORMULA.has(character) && !isNumberAt(text, index)) written = mark(character);
    }
    safe += written;
    index += character.length;
  }
  return safe;
}

function isNumberAt(text: string, index: number): boolean {
  NUMBER.lastIndex = index;
  return NUMBER.test(text);
}

/** Such a sign stands in a JSON text only inside a string; there this is the same sign. */
const escapeInJson = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
