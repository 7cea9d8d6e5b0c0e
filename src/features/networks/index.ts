export { activateNetwork } from './activateNetwork.ts';
export type { Network, NetworkNotice } from './contract.ts';
export { type ImportRequest, importNetwork } from './importNetwork.ts';
export { type ActiveNetwork, loadActiveNetwork, watchActiveNetwork } from './loadActiveNetwork.ts';
export { listNetworks, networkNotices, removeNetwork, showNetwork } from './networks.ts';
export { compileSample, ensureSampleNetwork } from './sample/ensure.ts';
