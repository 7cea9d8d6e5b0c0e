import type { NetworkImage } from '../../engine/timetable/image.ts';
import { asLine } from '../../engine/timetable/indexes.ts';
import { modeName } from '../../engine/timetable/modes.ts';
import type { FareLine, FareRide } from '../fares/index.ts';
import { fold, type PlaceIndex } from '../places/index.ts';
import { fareModeOf } from './rules.ts';

const TRAIN_NUMBER = /^\d{5}$/;

/** What a run is to the fare tables: its mode, its names and where one boards it. */
export function rideFacts(
  image: NetworkImage,
  places: PlaceIndex,
  run: number,
  boardStop: number,
): Pick<FareRide, 'mode' | 'line' | 'number' | 'kind' | 'cityId'> {
  const { number, line: lineIndex } = image.run(run);
  const line = image.line(lineIndex);
  return {
    mode: fareModeOf(modeName(line.mode)),
    line: fold(`${line.shortName} ${line.longName} ${line.operator}`),
    number: [number, line.shortName].find((text) => TRAIN_NUMBER.test(text)) ?? null,
    // Indian Railways' feed has the kind of train where others have its number.
    kind: number !== '' && !/\d/.test(number) ? number : null,
    cityId: places.placeOfStop(boardStop)?.cityId ?? null,
  };
}

/** Every line of a network as the fare tables see it, by its first run and the first stop of that. */
export function fareLinesOf(image: NetworkImage, places: PlaceIndex): FareLine[] {
  const { runLine, runPattern, patternCalls, callStop } = image.views;
  const seen = new Set<number>();
  const lines: FareLine[] = [];
  for (let run = 0; run < image.runCount; run++) {
    const number = runLine[run]!;
    if (seen.has(number)) continue;
    seen.add(number);
    const first = callStop[patternCalls[runPattern[run]!]!]!;
    lines.push({ id: image.line(asLine(number)).id, ...rideFacts(image, places, run, first) });
  }
  return lines;
}
