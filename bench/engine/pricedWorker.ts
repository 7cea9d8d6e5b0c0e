/** A thread of `workers.ts`: says when it is ready, and its times when it has been told to begin. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { FareTable } from '../../src/engine/fares/fareTable.ts';
import { PricedRouter } from '../../src/engine/priced/pricedRouter.ts';
import { openImage } from '../../src/engine/timetable/image.ts';
import { faresOf, PRICED_RIDES, queryOf, readCase } from './cases.ts';
import { timed } from './times.ts';
import type { WorkerTask } from './workers.ts';

const port = parentPort!;
const { buffer, folder } = workerData as WorkerTask;
const asked = readCase(folder);
const router = new PricedRouter(new FareTable(openImage(buffer), faresOf(asked)));
const begin = once(port, 'message');
port.postMessage('ready');
await begin;
port.postMessage(
  timed(
    asked.questions,
    (question) => router.pareto({ ...queryOf(question, PRICED_RIDES), passengers: 1 }).journeys.length,
  ),
);
