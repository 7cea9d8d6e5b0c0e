export { activateNetwork, rollbackNetwork } from './activateNetwork.ts';
export type { Network, NetworkDiff, NetworkNotice } from './contract.ts';
export { diffNetworks } from './diffNetworks.ts';
export { type ImportRequest, importNetwork } from './importNetwork.ts';
export {
  type ActiveNetwork,
  loadActiveNetwork,
  type NetworkWatch,
  watchActiveNetwork,
} from './loadActiveNetwork.ts';
export { noticeCodes, noticePage } from './noticePages.ts';
export { listNetworks, networkNotices, removeNetwork, showNetwork } from './networks.ts';
export { sweepTemporaryFolders } from './temporaryFolder.ts';
export { compileSample, ensureSampleNetwork } from './sample/ensure.ts';
