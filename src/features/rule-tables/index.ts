export { cell, dataFolder, listCell, provenance, readTable } from './readTable.ts';
