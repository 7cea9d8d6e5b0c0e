/** Figures of the operator, as they are written. */
import { operatorWords } from '../../words/operator.ts';
import { locale } from '../../words/language.ts';

export const figure = (n: number): string => n.toLocaleString(locale());
/** "12 %" of a share; of one that is not told a dash. */
export const shareText = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toLocaleString(locale(), { maximumFractionDigits: 1 })} %`;
export const shareOf = (part: number, whole: number): string => shareText(whole === 0 ? null : part / whole);
/** Too few to be told, or the figure. */
export const hiddenFigure = (n: number | null): string => (n === null ? operatorWords.few : figure(n));

/** "3.4 MB". */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toLocaleString(locale(), { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[power]}`;
}
