import type { Database } from '../../database/connect.ts';
import { epochMinuteOf, wallClockAt } from '../../units/time.ts';
import { corridors, funnel, platformFigures } from '../analytics/index.ts';
import type { CorridorsQuery, PeriodQuery } from '../analytics/contract.ts';
import type { Network, NoticeQuery } from '../networks/contract.ts';
import {
  activateNetwork,
  listNetworks,
  noticeCodes,
  noticePage,
  rollbackNetwork,
  showNetwork,
} from '../networks/index.ts';
import type { AccessQuery } from './contract.ts';
import { listAccesses, noteAccess } from './accesses.ts';
import type { NewAccess } from './accessStore.ts';
import { atMost } from './atMost.ts';
import { operatorHealth, type ProcessCounts } from './health.ts';

export interface OperatorOptions {
  readonly service: Database;
  readonly app: Database;
  /** Name of a city or stop in the active timetable, by its id. */
  readonly nameOf: (id: string) => string | null;
  readonly counts: ProcessCounts;
  /** What a timetable that must be compiled anew may hold. */
  readonly memoryMb?: number;
}

/** Who asks for a change, and how the log knows it. */
export type Asker = Omit<NewAccess, 'kind' | 'details'>;

const FIGURES_AT_ONCE = 2;

/** What the operator's routes do, over the databases as rs_service and rs_app. */
export function operatorServices({ service, app, nameOf, counts, memoryMb }: OperatorOptions) {
  const inTurn = atMost(FIGURES_AT_ONCE);
  const activation = (asker: Asker, force: boolean) => ({
    today: wallClockAt(epochMinuteOf(Date.now()), 'Asia/Kolkata').day,
    force,
    ...(memoryMb === undefined ? {} : { memoryMb }),
    beside: (
      tx: Parameters<typeof noteAccess>[0],
      { from, to }: { readonly from: string | null; readonly to: Network },
    ) => noteAccess(tx, { ...asker, kind: 'CHANGE', details: { from, to: to.id, name: to.name, force } }),
  });
  return {
    noteExport: (asker: Asker, details: NewAccess['details']) =>
      noteAccess(service, { ...asker, kind: 'EXPORT', details }),
    funnel: (query: PeriodQuery) => inTurn(() => funnel(service, query)),
    corridors: (query: CorridorsQuery) => inTurn(() => corridors(service, query, nameOf)),
    platforms: (query: PeriodQuery) => inTurn(() => platformFigures(service, query)),
    health: () => inTurn(() => operatorHealth({ service, app }, counts, new Date())),
    networks: () => listNetworks(service),
    network: async (reference: string) => ({
      network: await showNetwork(service, reference),
      notices: await noticeCodes(service, reference),
    }),
    notices: (reference: string, query: NoticeQuery, most?: number) =>
      noticePage(service, reference, query, most),
    accesses: (query: AccessQuery, most?: number) => listAccesses(service, query, most),
    activate: (asker: Asker, reference: string, force: boolean) =>
      activateNetwork(service, reference, activation(asker, force)),
    rollback: (asker: Asker, from: string, force: boolean) =>
      rollbackNetwork(service, { ...activation(asker, force), from }),
  };
}
export type OperatorServices = ReturnType<typeof operatorServices>;
