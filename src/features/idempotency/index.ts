export type { WriteAnswer, WriteRequest } from './contract.ts';
export { onceForKey } from './onceForKey.ts';
