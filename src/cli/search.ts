import type { Config } from '../config.ts';
import { professions } from '../features/concessions/contract.ts';
import {
  preferences,
  searchModes,
  type SearchRequestInput,
  type SearchResponse,
} from '../features/journeys/contract.ts';
import {
  type Command,
  integerOption,
  listOption,
  type OptionValues,
  requiredOption,
  textOption,
  UsageError,
} from './command.ts';
import { searchText } from './searchText.ts';

/** What the command needs; `main.ts` wires it. `search` throws `INVALID_REQUEST` for what does not fit. */
export interface SearchProgram {
  search(request: SearchRequestInput): Promise<SearchResponse>;
  close(): Promise<void>;
}

/** `routestitch search`: one search on the active network, as the API does it. */
export function searchCommand(
  open: (config: Config, report: (label: string) => void) => Promise<SearchProgram>,
): Command {
  return {
    name: 'search',
    summary: 'Search journeys from door to door on the active timetable',
    usage: '--from PLACE --to PLACE [options]',
    details: `examples:
  routestitch search --from Noida --to Bangalore --date 2026-12-15
  routestitch search --from NDLS --to "KSR Bengaluru" --time 18:00 --modes train --prefer cheapest
  routestitch search --from Delhi --to Udaipur --stop "Jaipur:4h"`,
    options: {
      from: { type: 'string', value: 'PLACE', help: 'City, station, airport or code' },
      to: { type: 'string', value: 'PLACE', help: 'The same' },
      date: { type: 'string', value: 'YYYY-MM-DD', help: 'Default: today' },
      time: { type: 'string', value: 'HH:MM', help: 'Leave at or after; default: any time of the day' },
      'arrive-by': { type: 'boolean', help: 'The time is the latest arrival' },
      prefer: {
        type: 'string',
        value: 'fastest|cheapest|balanced',
        help: 'What to put first; default: balanced',
      },
      passengers: { type: 'string', value: 'N', help: 'Travellers, 1 to 20; default: 1' },
      profession: { type: 'string', value: 'NAME', help: 'student, defense, senior_citizen …' },
      stop: {
        type: 'string',
        value: 'PLACE:STAY',
        multiple: true,
        help: 'Visit on the way, in order: "Jaipur:4h"',
      },
      modes: { type: 'string', value: 'train,bus,…', help: `Only these: ${searchModes.join(', ')}` },
    },
    async run({ values, config, json, out, progress }) {
      const request = readRequest(values);
      const program = await open(config, (label) => progress.report(label));
      try {
        const response = await program.search(request);
        out(json ? JSON.stringify(response, null, 2) : searchText(response));
      } finally {
        await program.close();
      }
    },
  };
}

function readRequest(values: OptionValues): SearchRequestInput {
  const stops = listOption(values, 'stop').map(readStop);
  const modes = textOption(values, 'modes')
    ?.split(',')
    .map((mode) => oneOf('modes', mode.trim().toLowerCase(), searchModes));
  const prefer = textOption(values, 'prefer');
  const profession = textOption(values, 'profession');
  const date = textOption(values, 'date');
  const time = textOption(values, 'time');
  const passengers = integerOption(values, 'passengers', { min: 1, max: 20 });
  if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new UsageError(`--date must be YYYY-MM-DD, not "${date}"`);
  if (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    throw new UsageError(`--time must be HH:MM, not "${time}"`);
  return {
    origin: requiredOption(values, 'from'),
    destination: requiredOption(values, 'to'),
    ...(stops.length > 0 ? { stops } : {}),
    ...(date === undefined ? {} : { date }),
    ...(time === undefined ? {} : { time }),
    ...(values['arrive-by'] === true ? { arriveBy: true } : {}),
    ...(passengers === undefined ? {} : { passengers }),
    ...(prefer === undefined ? {} : { preference: oneOf('prefer', prefer.toUpperCase(), preferences) }),
    ...(modes === undefined ? {} : { modes }),
    ...(profession === undefined
      ? {}
      : { traveller: { profession: oneOf('profession', profession.toUpperCase(), professions) } }),
  };
}

function oneOf<Value extends string>(option: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((one) => one === value);
  if (!found)
    throw new UsageError(
      `--${option}: "${value.toLowerCase()}" is none of ${allowed.join(', ').toLowerCase()}`,
    );
  return found;
}

const minutesPer = { m: 1, h: 60, d: 1440 } as const;

/** `Jaipur`, `Jaipur:4h`, `Jaipur:90` (minutes), `Jaipur:1d`. */
export function readStop(text: string): { place: string; dwellMinutes?: number } {
  const match = /^(.*?)\s*:\s*(\d+)\s*(m|min|h|d)?$/.exec(text);
  if (!match) {
    if (text.includes(':'))
      throw new UsageError(`--stop must be PLACE:STAY such as "Jaipur:4h", not "${text}"`);
    return { place: text };
  }
  const unit = (match[3] === 'min' ? 'm' : (match[3] ?? 'm')) as keyof typeof minutesPer;
  return { place: match[1] ?? '', dwellMinutes: Number(match[2]) * minutesPer[unit] };
}
