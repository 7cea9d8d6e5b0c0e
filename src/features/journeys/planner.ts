import type { NetworkImage } from '../../engine/timetable/image.ts';
import type { EpochMinute } from '../../units/time.ts';
import type { PlaceIndex } from '../places/index.ts';
import { tablesVersion } from '../rule-tables/index.ts';
import type { NetworkNote } from './contract.ts';
import { Engine } from './engine.ts';
import { type JourneyRules, readJourneyRules } from './rules.ts';

/**
 * Everything that answers searches on one network; made anew when another network becomes active. A thread that
 * only resolves places and hands questions on never fills the working memory of `engine`.
 */
export interface Planner {
  readonly image: NetworkImage;
  readonly engine: Engine;
  readonly places: PlaceIndex;
  readonly rules: JourneyRules;
  readonly network: NetworkNote;
  /** Version of the rule tables and the gazetteer behind `rules` and `places`. */
  readonly tables: string;
  /** Mask of the modes that call anywhere in the network. */
  readonly modes: number;
}

/** `rules`: those of another thread, so that all threads answer by the same tables; else they are read. */
export function createPlanner(
  image: NetworkImage,
  places: PlaceIndex,
  network: NetworkNote,
  rules: JourneyRules = readJourneyRules(),
): Planner {
  const modes = image.views.stopModes.reduce((mask, own) => mask | own, 0);
  const engine = new Engine(image, places, rules);
  return { image, engine, places, rules, network, tables: tablesVersion(), modes };
}

/** Minutes in which departures (arrivals) are gathered: any time of the day; after (before) a given time. */
export const ANY_TIME_SPAN = 1440;
export const TIMED_SPAN = 360;

/** When to travel. */
export interface Window {
  /** Earliest departure, or latest arrival with `arriveBy`. */
  readonly at: EpochMinute;
  readonly span: number;
  readonly arriveBy: boolean;
  /** Whether the traveller named a time. */
  readonly timed: boolean;
}
