import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Work of one kind of search on the sampled questions, a mean per question. */
export interface Work {
  /** Stretches of code between two branches that were run, in src/engine. */
  readonly blocks: number;
  /** Those that ran most: file and function, the line where the stretch begins, how often. */
  readonly hottest: readonly { readonly place: string; readonly runs: number }[];
}

const ENGINE = new URL('../../src/engine/', import.meta.url).href;
const HOTTEST = 3;

/**
 * Counts what the engine does, without a counter in it: V8 counts how often each stretch of code is run. It must
 * be started before the engine is imported, and slows it down: times are taken elsewhere.
 */
export async function startCounting(): Promise<(questions: number) => Promise<Work>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return async (questions) => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return workOf(
      result.filter(({ url }) => url.startsWith(ENGINE)),
      questions,
    );
  };
}

/** Counts begin anew with every call. */
function workOf(scripts: readonly Profiler.ScriptCoverage[], questions: number): Work {
  const places: { place: string; runs: number }[] = [];
  let blocks = 0;
  for (const { url, functions } of scripts)
    for (const { functionName, ranges } of functions) {
      let [most, offset] = [0, 0];
      for (const { count, startOffset } of ranges) {
        blocks += count;
        if (count > most) [most, offset] = [count, startOffset];
      }
      if (most > 0) places.push({ place: placeOf(url, functionName, offset), runs: most / questions });
    }
  const hottest = places.toSorted((a, b) => b.runs - a.runs).slice(0, HOTTEST);
  return {
    blocks: Math.round(blocks / questions),
    hottest: hottest.map(({ place, runs }) => ({ place, runs: Math.round(runs) })),
  };
}

/** Types are blanked out in place, so offsets are those of the source. */
function placeOf(url: string, name: string, offset: number): string {
  const line = readFileSync(fileURLToPath(url), 'utf8').slice(0, offset).split('\n').length;
  return `${url.slice(ENGINE.length)}:${line}${name === '' ? '' : ` ${name}`}`;
}
