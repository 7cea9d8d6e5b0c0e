import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fares } from '../../src/engine/fares/family.ts';
import { readFares } from '../../src/engine/fares/readFares.ts';
import { openImageBytes } from '../../src/engine/timetable/image.ts';
import type { NetworkImage, StopIndex } from '../../src/engine/timetable/image.ts';
import { allModes } from '../../src/engine/timetable/modes.ts';

export interface Question {
  readonly from: StopIndex;
  readonly to: StopIndex;
  /** Timeline minute. */
  readonly time: number;
}

type Arrivals = readonly (number | null)[];

/** What the connection scan finds: timeline minutes, null where there is no way. */
export interface Truth {
  /** With any number of rides. */
  readonly earliest: Arrivals;
  /** For every `SAMPLE_EVERY`th question, left out where it would take too long: with `PRICED_RIDES`. */
  readonly priced?: Arrivals;
  /** With `RANGE_RIDES`: when leaving so many minutes later, see `rangeDelays`. */
  readonly range?: readonly Arrivals[];
}

/** Leaving at once, in the middle of the range, and after it. */
export const RANGE_MINUTES = 360;
export const rangeDelays = [0, RANGE_MINUTES / 2, RANGE_MINUTES + 1] as const;

/** What is asked of a compiled network; it lies beside its image in a folder, for processes of their own. */
export interface BenchCase {
  readonly fares: object;
  readonly questions: readonly Question[];
  readonly truth: Truth | null;
  /** Timeline minute of 00:00 on the day asked: peers count from there. */
  readonly midnight: number;
  /** Whether journeys over stop-overs are asked for, too. */
  readonly vias: boolean;
}

export const EARLIEST_RIDES = 12;
export const RANGE_RIDES = 6;
export const PRICED_RIDES = 4;

/** Change time 0 and no links, as the peers are asked. */
export const queryOf = ({ from, to, time }: Question, maxRides: number) => ({
  access: [{ stop: from, minutes: 0 }],
  egress: [{ stop: to, minutes: 0 }],
  time,
  maxRides,
  changeMinutes: 0,
  modes: allModes,
  links: false,
});

const imageFile = (folder: string): string => path.join(folder, 'image');
const caseFile = (folder: string): string => path.join(folder, 'case.json');

export function writeCase(folder: string, image: NetworkImage, asked: BenchCase): void {
  writeFileSync(imageFile(folder), new Uint8Array(image.buffer));
  writeFileSync(caseFile(folder), JSON.stringify(asked));
}

export const readCase = (folder: string): BenchCase =>
  JSON.parse(readFileSync(caseFile(folder), 'utf8')) as BenchCase;

export const openCaseImage = (folder: string): NetworkImage =>
  openImageBytes(readFileSync(imageFile(folder)));

export const faresOf = ({ fares }: BenchCase): Fares => readFares(fares);
