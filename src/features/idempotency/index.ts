export type { WriteAnswer, WriteRequest } from './contract.ts';
export { onceForKey } from './onceForKey.ts';
export { write, type WriteCall, type Written } from './write.ts';
