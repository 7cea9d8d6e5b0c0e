import { AppError } from '../../errors.ts';
import type { Network, NetworkNotice } from './contract.ts';
import { type NoticeFilter, selectNotices } from './noticeStore.ts';
import {
  type Database,
  deleteNetworks,
  deleteUnusedArchives,
  lockActivation,
  selectNetwork,
  selectNetworks,
} from './store.ts';

export const listNetworks = (db: Database): Promise<Network[]> => selectNetworks(db);

/** By id, version (`v12`), or as `active` or `previous`. Throws `NOT_FOUND`. */
export async function showNetwork(db: Database, reference: string): Promise<Network> {
  const network = await selectNetwork(db, reference);
  if (network === null) throw noNetwork(reference);
  return network;
}

/** Errors first. Throws `NOT_FOUND`. */
export async function networkNotices(
  db: Database,
  reference: string,
  filter: NoticeFilter = {},
): Promise<NetworkNotice[]> {
  const { id } = await showNetwork(db, reference);
  return selectNotices(db, id, filter);
}

/** Deletes a network with its notices, and its feeds where no other keeps them. Throws `NOT_FOUND`, or `CONFLICT` while it is active. */
export async function removeNetwork(db: Database, reference: string): Promise<Network> {
  const network = await showNetwork(db, reference);
  const removed = await db.transaction(async (tx) => {
    await lockActivation(tx);
    const count = await deleteNetworks(tx, [network.id]);
    await deleteUnusedArchives(tx);
    return count;
  });
  if (removed === 0)
    throw new AppError(
      'CONFLICT',
      `"${network.name}" is active; activate another network before removing it.`,
    );
  return network;
}

export const noImage = ({ name }: Network): AppError =>
  new AppError('CONFLICT', `Of "${name}" only the history is kept; import its feeds again.`);

const noNetwork = (id: string): AppError =>
  new AppError('NOT_FOUND', `There is no network ${id}; \`routestitch network list\` shows them.`);
