import { genders, professions } from '../features/concessions/contract.ts';
import { railQuotas } from '../features/fares/contract.ts';
import {
  preferences,
  searchModes,
  type SearchRequestInput,
  travellerProfiles,
} from '../features/journeys/contract.ts';
import {
  integerOption,
  listOption,
  type OptionSpec,
  type OptionValues,
  requiredOption,
  textOption,
  UsageError,
} from './command.ts';

const OLDEST_CHILD = 17;

/** The flags of `search`. */
export const searchOptions = {
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
  passengers: { type: 'string', value: 'N', help: 'Travellers, 1 to 20, children included; default: 1' },
  child: { type: 'string', value: 'AGE', multiple: true, help: 'Age of a child among them' },
  class: {
    type: 'string',
    value: 'SL,3A,…',
    help: 'Classes wished for, the one wanted most first; default: by --prefer',
  },
  quota: { type: 'string', value: 'NAME', help: `Of rail berths: ${railQuotas.join(', ').toLowerCase()}` },
  profession: { type: 'string', value: 'NAME', help: 'student, defense, senior_citizen …' },
  age: { type: 'string', value: 'YEARS', help: 'Age of the traveller, for concessions' },
  gender: { type: 'string', value: 'NAME', help: `${genders.join(', ').toLowerCase()}, for concessions` },
  state: { type: 'string', value: 'NAME', help: 'State of residence, for concessions: Karnataka' },
  profile: { type: 'string', value: 'NAME', help: `What is hard on whom: ${travellerProfiles.join(', ')}` },
  stop: {
    type: 'string',
    value: 'PLACE:STAY',
    multiple: true,
    help: 'Visit on the way, in order: "Jaipur:4h"',
  },
  modes: { type: 'string', value: 'train,bus,…', help: `Only these: ${searchModes.join(', ')}` },
} as const satisfies Record<string, OptionSpec>;

/** The request that the flags of a command line stand for. Throws `UsageError`. */
export function readRequest(values: OptionValues): SearchRequestInput {
  const stops = listOption(values, 'stop').map(readStop);
  const date = textOption(values, 'date');
  const time = textOption(values, 'time');
  if (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new UsageError(`--date must be YYYY-MM-DD, not "${date}"`);
  if (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    throw new UsageError(`--time must be HH:MM, not "${time}"`);
  const modes = commaList(values, 'modes')?.map((mode) => oneOf('modes', mode.toLowerCase(), searchModes));
  return {
    origin: requiredOption(values, 'from'),
    destination: requiredOption(values, 'to'),
    ...(stops.length > 0 ? { stops } : {}),
    ...told({
      date,
      time,
      arriveBy: values['arrive-by'] === true ? true : undefined,
      preference: named(values, 'prefer', preferences),
      modes,
      class: commaList(values, 'class'),
      quota: named(values, 'quota', railQuotas),
      traveller: readTraveller(values),
    }),
    ...readParty(values),
  };
}

function readParty(values: OptionValues): Pick<SearchRequestInput, 'passengers' | 'children'> {
  const passengers = integerOption(values, 'passengers', { min: 1, max: 20 });
  const children = listOption(values, 'child').map((age) => {
    const years = /^\d{1,2}$/.test(age) ? Number(age) : NaN;
    if (!(years <= OLDEST_CHILD))
      throw new UsageError(`--child must be an age from 0 to ${OLDEST_CHILD}, not "${age}"`);
    return years;
  });
  if (children.length > (passengers ?? 1))
    throw new UsageError(
      `--passengers counts everyone: ${passengers ?? 1} is less than ${children.length} children`,
    );
  return told({ passengers, children: children.length > 0 ? children : undefined });
}

function readTraveller(values: OptionValues): SearchRequestInput['traveller'] {
  const traveller = told({
    profession: named(values, 'profession', professions),
    age: integerOption(values, 'age', { max: 120 }),
    gender: named(values, 'gender', genders),
    domicileState: textOption(values, 'state'),
    profile: named(values, 'profile', travellerProfiles),
  });
  return Object.keys(traveller).length > 0 ? traveller : undefined;
}

type Told<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** Without what was not said. */
const told = <Values extends Record<string, unknown>>(values: Values): Told<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Told<Values>;

const commaList = (values: OptionValues, option: string): string[] | undefined =>
  textOption(values, option)
    ?.split(',')
    .map((entry) => entry.trim());

/** The value of a flag that takes one of some names, in either case. */
function named<Value extends string>(
  values: OptionValues,
  option: string,
  allowed: readonly Value[],
): Value | undefined {
  const value = textOption(values, option);
  return value === undefined ? undefined : oneOf(option, value, allowed);
}

function oneOf<Value extends string>(option: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
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
