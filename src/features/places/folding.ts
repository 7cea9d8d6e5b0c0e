/** Latin accents and the Devanagari nukta: typed or left out at will (गाज़ियाबाद, गाजियाबाद). */
const OPTIONAL_MARKS = /[\u0300-\u036F\u093C]/g;

/** The form in which names are compared: `"Śrī  Gaṅgā-nagar Jn."` → `"sri ganga nagar jn"`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(OPTIONAL_MARKS, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** Words that stay capital when a feed prints names in capitals, and short forms that it prints in full. */
const CAPITAL_WORDS = new Set(['SMVT', 'ISBT', 'IIT', 'II', 'III', 'AC', 'EMU', 'MEMU', 'DEMU']);
const EXPANSIONS: Readonly<Record<string, string>> = {
  JN: 'Junction',
  CANTT: 'Cantonment',
  RD: 'Road',
  CTL: 'Central',
  EXP: 'Express',
  SF: 'Superfast',
  SPL: 'Special',
  PASS: 'Passenger',
  DR: 'Dr',
  MT: 'Mount',
};

/** Display form of a name that a feed prints in capitals; other names stay as they are. */
export function displayName(name: string): string {
  const text = name.trim().replaceAll(/\s+/g, ' ');
  if (/\p{Ll}/u.test(text) || !/\p{Lu}/u.test(text)) return text;
  return text.replaceAll(/[\p{L}']+\.?/gu, (word) => {
    const bare = word.replace('.', '');
    const expansion = EXPANSIONS[bare];
    if (expansion) return expansion;
    // Station codes in names of trains: LTT, KSR, SBC.
    if (CAPITAL_WORDS.has(bare) || !/[AEIOUY]/.test(bare)) return word;
    return titleCase(word);
  });
}

const titleCase = (word: string): string => word.slice(0, 1) + word.slice(1).toLowerCase();

/**
 * True when one insertion, deletion, replacement or swap of neighbours, or none, turns `a` into `b`.
 */
export function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const restA = endA - start;
  const restB = endB - start;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** Levenshtein distance with swaps of neighbours, for suggestions only. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
