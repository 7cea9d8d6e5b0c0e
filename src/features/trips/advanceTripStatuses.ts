import type { Database } from '../../database/connect.ts';
import { translatingErrors } from '../../database/sqlstate.ts';
import { completeTrips, startTrips } from './store.ts';

/** Rows of one statement: locks stay short whatever has piled up. */
const BATCH = 500;

export interface Advanced {
  readonly started: number;
  readonly completed: number;
}

/**
 * The trip clock: what has started becomes IN_PROGRESS, what has ended COMPLETED, each in its own zone. Cancelled
 * trips stay as they are, and so do trips that somebody is changing right now, until the next time.
 * @param service a database as rs_service: the job sees the trips of all users.
 */
export function advanceTripStatuses(service: Database, now: Date, batch = BATCH): Promise<Advanced> {
  return translatingErrors(async () => {
    let started = 0;
    let completed = 0;
    for (let moved = batch; moved >= batch;) {
      moved = await completeTrips(service, now, batch);
      completed += moved;
    }
    for (let moved = batch; moved >= batch;) {
      const step = await startTrips(service, now, batch);
      started += step.started;
      completed += step.completed;
      moved = step.started + step.completed;
    }
    return { started, completed };
  });
}
