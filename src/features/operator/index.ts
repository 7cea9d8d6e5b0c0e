export type { ProcessCounts } from './health.ts';
export { type OperatorServices, operatorServices } from './services.ts';
