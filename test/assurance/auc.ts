/**
 * How well one sample is told from another by its size: the share of pairs in which the first is the larger, ties as
 * halves (area under the ROC curve, Mann–Whitney). 0.5: not at all. Ranks only, so no single slow answer matters.
 */
export function auc(first: readonly number[], second: readonly number[]): number {
  const all = [
    ...first.map((value) => ({ value, first: true })),
    ...second.map((value) => ({ value, first: false })),
  ].toSorted((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]!.value === all[from]!.value) to++;
    const rank = (from + 1 + to) / 2; // of all that are equal
    for (let at = from; at < to; at++) if (all[at]!.first) rankSum += rank;
    from = to;
  }
  const n = first.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * second.length);
}

/** The same whichever of the two is the larger: 0.5 to 1. */
export const separation = (first: readonly number[], second: readonly number[]): number =>
  Math.max(auc(first, second), auc(second, first));
