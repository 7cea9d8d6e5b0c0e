export { datedProvenance, inForce } from './dated.ts';
export { ruleTable, ruleTableSummaries } from './aboutData.ts';
export { cell, dataFolder, listCell, provenance, readTable } from './readTable.ts';
export { tablesVersion } from './tablesVersion.ts';
