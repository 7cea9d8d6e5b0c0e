export interface Sourced {
  readonly source: string;
  readonly verified_on: string;
  readonly certainty: 'A' | 'B' | 'C' | 'D';
}

const marks = ['A', 'B', 'C', 'D'] as const;

/** The least certain of the rows, and the date of the one verified longest ago. */
export function weakest(rows: readonly Sourced[]): { asOf: string; certainty: Sourced['certainty'] } {
  return {
    asOf: rows.map(({ verified_on }) => verified_on).toSorted()[0] ?? '',
    certainty: marks.findLast((mark) => rows.some((row) => row.certainty === mark)) ?? 'D',
  };
}
