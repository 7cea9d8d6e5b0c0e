export { concessionsFor } from './concessionsFor.ts';
export type {
  AskableFact,
  LegConcessions,
  Outcome,
  PartyConcessions,
  Profession,
  RefusalCode,
  Traveller,
} from './contract.ts';
export type { ConcessionRide } from './judge.ts';
export { partyConcessions } from './partyConcessions.ts';
export { type ConcessionRule, readConcessions } from './rules.ts';
