/** One thread of the search pool: answers one question at a time, with working memory of its own. */
import { deserialize } from 'node:v8';
import { openImage } from '../../engine/timetable/image.ts';
import { AppError } from '../../errors.ts';
import { asEpochDay, epochMinuteOf, wallClockAt } from '../../units/time.ts';
import { type Gazetteer, PlaceIndex, readGazetteer } from '../places/index.ts';
import { computeAnswer } from './computeAnswer.ts';
import { createPlanner, type Planner } from './planner.ts';
import type { JourneyRules } from './rules.ts';
import type { NetworkForThread, SearchReply, SearchTask } from './searchMessages.ts';
import { FALLBACK_ZONE } from './writeRoute.ts';

/** A thread keeps so many networks: the active one, and the one before for searches that began on it. */
const KEPT_NETWORKS = 2;
/** A question that has waited long still gets this much. */
const LEAST_MS = 250;

/** By version, the one asked last at the end. */
const planners = new Map<number, Planner>();
let gazetteer: Gazetteer | undefined;

function plannerFor({ version, image: buffer, note, rules }: NetworkForThread): Planner {
  let planner = planners.get(version);
  if (!planner) {
    const image = openImage(buffer);
    gazetteer ??= readGazetteer();
    const known = deserialize(new Uint8Array(new Uint8Array(rules))) as JourneyRules;
    planner = createPlanner(image, new PlaceIndex(gazetteer, image), note, known);
  }
  planners.delete(version);
  planners.set(version, planner);
  for (const old of [...planners.keys()].slice(0, -KEPT_NETWORKS)) planners.delete(old);
  return planner;
}

export default function answer({ network, question, asked, deadlineMs }: SearchTask): SearchReply {
  const waited = Date.now() - asked;
  try {
    // Reading the tables of another network, once, is not what the deadline is for.
    const planner = plannerFor(network);
    if (!question) {
      planner.engine.prepare(asEpochDay(wallClockAt(epochMinuteOf(asked), FALLBACK_ZONE).day));
      return { kind: 'ready' };
    }
    const left = Math.max(Math.min(LEAST_MS, deadlineMs), deadlineMs - waited);
    const begun = performance.now();
    const found = computeAnswer(planner, question, left);
    return { kind: 'answer', answer: found, ms: performance.now() - begun };
  } catch (error) {
    if (error instanceof AppError)
      return { kind: 'refused', code: error.code, message: error.message, facts: error.facts };
    return { kind: 'failed', error };
  }
}
