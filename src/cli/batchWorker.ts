/** One thread of `batch --workers`. */
import { readFileSync } from 'node:fs';
import { workerData } from 'piscina';
import { readFares } from '../engine/fares/readFares.ts';
import { openImage } from '../engine/timetable/image.ts';
import { type BatchQuestion, timedAnswer, type TimedAnswer } from './batchAnswer.ts';
import type { BatchThreadData } from './batchThreads.ts';
import { FeedPlanner } from './feedPlanner.ts';

const { image, settings } = workerData as BatchThreadData;
// The file has been checked before the threads were started.
const fares =
  settings.fares === undefined ? undefined : readFares(JSON.parse(readFileSync(settings.fares, 'utf8')));
const planner = new FeedPlanner(openImage(image), settings, fares);

export default (question: BatchQuestion): TimedAnswer => timedAnswer(planner, settings, question);
