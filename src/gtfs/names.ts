/**
 * Controls, direction marks, invisible and private characters: they can forge a line of a log, hide text or turn
 * a terminal's line round, and no name needs them. The two joiners stay: Indic scripts are written with them.
 */
const UNSEEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const EVERY_UNSEEN = new RegExp(UNSEEN, 'gu');
const BLANKS = /[\s\u0085]+/gu;

/** The longest real name of a stop known here has 97 characters. */
export const LONGEST_NAME = 200;
/** Ids are compared, stored and printed; GTFS sets no limit, PostgreSQL's index rows end at 2,700 bytes. */
export const LONGEST_ID = 255;
const LONGEST_MESSAGE = 1000;

export interface CleanName {
  readonly text: string;
  /** Characters were taken out or blanks put in their place. */
  readonly cleaned: boolean;
  /** The rest beyond `LONGEST_NAME` characters was cut off. */
  readonly cut: boolean;
}

export const hasUnseen = (text: string): boolean => UNSEEN.test(text);

/** A name as it may be shown anywhere: on one line, in reading order, at most `LONGEST_NAME` characters. */
export function cleanName(text: string): CleanName {
  const cleaned = UNSEEN.test(text);
  const line = cleaned ? text.replace(BLANKS, ' ').replace(EVERY_UNSEEN, '').trim() : text;
  if (line.length <= LONGEST_NAME) return { text: line, cleaned, cut: false };
  return { text: shortened(line, LONGEST_NAME), cleaned, cut: true };
}

/** A text of ours that quotes a feed's, for terminals and logs: what cannot be seen becomes a dot. */
export const harmless = (text: string, longest = LONGEST_MESSAGE): string =>
  shortened(text.replace(EVERY_UNSEEN, '\u00B7'), longest);

/** At most so many UTF-16 units, the last an ellipsis; never half a character. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
