import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from '../machine.ts';
import type { CaseWork } from './countCase.ts';
import type { Measured } from './measure.ts';
import type { PeerResult } from './peers.ts';
import type { TwoWorkers } from './workers.ts';

export interface FeedRow extends Measured {
  readonly feed: string;
  readonly stopTimes: number;
  /** From the GTFS zip to a compiled image, checks included. */
  readonly loadMs: number;
  /** MB of the process that did that. */
  readonly loadMemory: number;
  readonly imageBytes: number;
  readonly peers: readonly PeerResult[];
}

export interface GrowthRow extends Measured {
  readonly size: number;
  readonly stopTimes: number;
  readonly compileMs: number;
  readonly imageBytes: number;
  readonly work: CaseWork;
}

export interface FeedResult {
  readonly machine: Machine;
  readonly rows: readonly FeedRow[];
}

export interface GrowthResult {
  readonly machine: Machine;
  readonly rows: readonly GrowthRow[];
  /** On the network of size 1. */
  readonly workers: TwoWorkers | null;
}

const folder = path.resolve(import.meta.dirname, '../results');
const FEEDS = 'engine.json';
const GROWTH = 'engine-growth.json';

export function writeResult(name: string, content: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

const asJson = (result: object): string => `${JSON.stringify(result, null, 2)}\n`;
export const writeFeeds = (result: FeedResult): void => writeResult(FEEDS, asJson(result));
export const writeGrowth = (result: GrowthResult): void => writeResult(GROWTH, asJson(result));

/** Of the last run, perhaps of another day: each part can be measured alone. */
export const readFeeds = (): FeedResult | null => read(FEEDS) as FeedResult | null;
export const readGrowth = (): GrowthResult | null => read(GROWTH) as GrowthResult | null;

function read(name: string): unknown {
  const file = path.join(folder, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
}
