/** Positions in the columns of a network image. Branded, so that a run is never taken for a stop. */
declare const brand: unique symbol;
type Index<Name extends string> = number & { readonly [brand]: Name };
export type StopIndex = Index<'Stop'>;
export type LineIndex = Index<'Line'>;
export type RunIndex = Index<'Run'>;

export const asStop = (index: number): StopIndex => index as StopIndex;
export const asLine = (index: number): LineIndex => index as LineIndex;
