export { activateNetwork } from './activateNetwork.ts';
export type { Network, NetworkFeed, NetworkNotice, NetworkStats } from './contract.ts';
export { type ImportRequest, importNetwork } from './importNetwork.ts';
export {
  type ActiveNetwork,
  loadActiveNetwork,
  type NetworkWatch,
  watchActiveNetwork,
} from './loadActiveNetwork.ts';
export { listNetworks, networkNotices, removeNetwork, showNetwork } from './networks.ts';
export { compileSample, ensureSampleNetwork } from './sample/ensure.ts';
