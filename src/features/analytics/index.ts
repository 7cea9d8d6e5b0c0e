export type { SearchQueryRow } from './store.ts';
export { SearchTracker } from './trackSearchQuery.ts';
