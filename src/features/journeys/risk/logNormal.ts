/** Delays in minutes whose logarithm is normal: half are below `median`, and `sigma` is the spread of the logarithm. */
export interface LogNormal {
  readonly median: number;
  readonly sigma: number;
}

/** From the two figures that are published. `mean` must be above `median`. */
export const logNormalOf = (mean: number, median: number): LogNormal => ({
  median,
  sigma: Math.sqrt(2 * Math.log(mean / median)),
});

/** Share of delays of at most so many minutes. */
export const shareWithin = ({ median, sigma }: LogNormal, minutes: number): number =>
  minutes <= 0 ? 0 : normalShare(Math.log(minutes / median) / sigma);

/** Minutes within which this share of delays lies. */
export function delayWithin({ median, sigma }: LogNormal, share: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return median * Math.exp(sigma * low);
}

/** Standard normal distribution; error below 1.5e-7 (Abramowitz and Stegun, 7.1.26). */
function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - series * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}
