/**
 * One app process of the swap drill: searches without pause, follows activations, and checks each answer for itself.
 * Told by JSON in its environment; says `ready`, tells each change of network, and reports when it is told to stop.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { searchRequestSchema } from '../../src/features/journeys/contract.ts';
import { watchActiveNetwork } from '../../src/features/networks/index.ts';
import { openApplication } from '../../src/main.ts';
import type { SwapAssignment, SwapReport, SwapMessage } from './swapDrill.ts';

const assignment = JSON.parse(process.env['ASSIGNMENT'] ?? '{}') as SwapAssignment;
const errors: string[] = [];
const mixed: string[] = [];
const seen: Record<string, number> = {};
let cached = 0;
let latest = '';
const onError = (error: unknown): void => void errors.push(String(error));
const tell = (message: SwapMessage): void => void process.send!(message);

const application = await openApplication({ ownerUrl: assignment.ownerUrl }, onError, {
  searchWorkers: assignment.searchWorkers,
});
const watch = watchActiveNetwork(application.service, {
  current: application.planner().network.id,
  onChange: (network) => {
    application.use(network);
    tell({ kind: 'uses', network: network.id });
  },
  onError,
});

/** Trains of a network bear its letter in their numbers: an answer from two networks gives itself away. */
async function search(index: number): Promise<void> {
  const began = application.planner().network.id;
  const request = searchRequestSchema.parse({
    origin: 'Alpha Cantonment',
    destination: 'Gamma Cantonment',
    date: assignment.date,
    // Some questions come again (from the cache), some are new.
    time: `0${index % 6}:${String((index * 7) % 60).padStart(2, '0')}`,
  });
  const answer = await application.search(request);
  const { id } = answer.network;
  seen[id] = (seen[id] ?? 0) + 1;
  if (answer.cached) cached++;
  if (id !== latest) tell({ kind: 'answered', network: (latest = id) });
  const trains = answer.routes.flatMap(({ legs }) => legs.flatMap(({ run }) => (run ? [run.id] : [])));
  const letter = assignment.letters[id];
  const strange = trains.filter((train) => letter === undefined || !train.startsWith(letter));
  if (trains.length === 0) mixed.push(`no train on ${id}: ${JSON.stringify(answer.notes)}`);
  if (strange.length > 0) mixed.push(`${strange.join(', ')} in an answer of ${id}`);
  if (id !== began) mixed.push(`began on ${began}, answered from ${id}`);
}

const stopped = new AbortController();
async function lane(start: number): Promise<void> {
  for (let index = start; !stopped.signal.aborted; index += assignment.lanes) {
    await search(index).catch(onError);
    await turn();
  }
}
// The first answer of a process is slow and says nothing of the swap.
await search(0);
const lanes = Array.from({ length: assignment.lanes }, (_, index) => lane(index));
tell({ kind: 'ready' });
process.once('message', () => stopped.abort());
await Promise.all(lanes);
await watch.close();
await application.close();
const report: SwapReport = { kind: 'report', errors, mixed, seen, cached };
tell(report);
process.disconnect();
