import { AppError } from '../../errors.ts';
import type { Network, NetworkNotice } from './contract.ts';
import {
  type Database,
  deleteNetworks,
  type NoticeFilter,
  selectNetwork,
  selectNetworks,
  selectNotices,
} from './store.ts';

export const listNetworks = (db: Database): Promise<Network[]> => selectNetworks(db);

/** Throws `NOT_FOUND`. */
export async function showNetwork(db: Database, id: string): Promise<Network> {
  const network = await selectNetwork(db, id);
  if (network === null) throw noNetwork(id);
  return network;
}

/** Errors first. Throws `NOT_FOUND`. */
export async function networkNotices(
  db: Database,
  id: string,
  filter: NoticeFilter = {},
): Promise<NetworkNotice[]> {
  await showNetwork(db, id);
  return selectNotices(db, id, filter);
}

/** Deletes a network with its notices. Throws `NOT_FOUND`, or `CONFLICT` while it is active. */
export async function removeNetwork(db: Database, id: string): Promise<Network> {
  const network = await showNetwork(db, id);
  if ((await deleteNetworks(db, [id])) === 0)
    throw new AppError(
      'CONFLICT',
      `"${network.name}" is active; activate another network before removing it.`,
    );
  return network;
}

export const noNetwork = (id: string): AppError =>
  new AppError('NOT_FOUND', `There is no network ${id}; \`routestitch network list\` shows them.`);
