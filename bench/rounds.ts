/** How fast two ways of doing the same are, measured by turns so that both see the same machine. */

export interface Contender {
  /** Does one operation, or several; answers how many. */
  readonly operate: () => Promise<number>;
}

export interface Measured {
  /** Operations a second: the median of the rounds. */
  readonly perSecond: number;
  readonly rounds: readonly number[];
}

const WARM_UP_MS = 400;
/** Short and many: what else the machine does falls on both sides alike. */
const ROUND_MS = 400;
const ROUNDS = 21;

export async function compare(
  first: Contender,
  second: Contender,
  lanes: number,
): Promise<{ first: Measured; second: Measured; ratio: number }> {
  await round(first, lanes, WARM_UP_MS);
  await round(second, lanes, WARM_UP_MS);
  const [one, other]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < ROUNDS; turn++) {
    // Turned about, so that neither always follows the other.
    const firstGoes = turn % 2 === 0;
    if (firstGoes) one.push(await round(first, lanes, ROUND_MS));
    other.push(await round(second, lanes, ROUND_MS));
    if (!firstGoes) one.push(await round(first, lanes, ROUND_MS));
  }
  const ratios = one.map((value, turn) => other[turn]! / value);
  return { first: measured(one), second: measured(other), ratio: median(ratios) };
}

async function round({ operate }: Contender, lanes: number, ms: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (performance.now() - started < ms) {
        const operations = await operate(); // `done += await …` would add to what `done` was before
        done += operations;
      }
    }),
  );
  return (done / (performance.now() - started)) * 1000;
}

const measured = (rounds: readonly number[]): Measured => ({
  perSecond: Math.round(median(rounds)),
  rounds: rounds.map(Math.round),
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
