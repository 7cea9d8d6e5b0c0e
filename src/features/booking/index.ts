export { type ClickServices, clickTarget, createClick } from './createClick.ts';
export { recordOutcome } from './recordOutcome.ts';
export { type LegToBook, openings } from './openings.ts';
export type { Opening } from './contract.ts';
