/** One thread of `batch --workers`. */
import { workerData } from 'piscina';
import { openImage } from '../engine/timetable/image.ts';
import { type BatchQuestion, timedAnswer, type TimedAnswer } from './batchAnswer.ts';
import type { BatchThreadData } from './batchThreads.ts';
import { FeedPlanner } from './feedPlanner.ts';

const { image, settings, fares } = workerData as BatchThreadData;
const planner = new FeedPlanner(openImage(image), settings, fares);

export default (question: BatchQuestion): TimedAnswer => timedAnswer(planner, settings, question);
