import { listCell } from '../rule-tables/index.ts';

/** What a table cell asks of a folded name, prepared for comparing. */
export interface NamePattern {
  readonly wanted: readonly string[];
  readonly barred: readonly string[];
}

/**
 * Texts of which a name must hold one as whole words, and, marked `~`, texts of which it must hold none. Without an
 * unmarked text every other name fits. "Non-AC" is one word, so that `ac seater` does not fit it.
 */
export const namesCell = listCell.transform((texts): NamePattern => ({
  wanted: texts.filter((text) => !text.startsWith('~')).map(padded),
  barred: texts.filter((text) => text.startsWith('~')).map((text) => padded(text.slice(1))),
}));

const padded = (text: string): string => ` ${text.replaceAll('non ac', 'nonac')} `;

/** Whether a folded name is one that the cell asks for. */
export function nameFits({ wanted, barred }: NamePattern, name: string): boolean {
  if (wanted.length === 0 && barred.length === 0) return true;
  const own = padded(name);
  if (barred.some((text) => own.includes(text))) return false;
  return wanted.length === 0 || wanted.some((text) => own.includes(text));
}
