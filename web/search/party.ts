/** Who travels: how many, the ages of children, and the one traveller whose concession is reckoned. */
import type { SearchRequestInput } from './shapes.ts';
import type { SearchParams } from './query.ts';

type RequestTraveller = NonNullable<SearchRequestInput['traveller']>;
/** The part of a traveller that the form asks for. */
export interface TravellerText {
  readonly profession?: 'STUDENT' | 'DEFENSE' | 'MEDICAL' | 'GOVERNMENT' | 'CORPORATE';
  readonly age?: number;
  readonly gender?: NonNullable<RequestTraveller['gender']>;
  readonly domicileState?: string;
  readonly disability?: NonNullable<RequestTraveller['disability']>;
  readonly profile?: NonNullable<RequestTraveller['profile']>;
}

export interface Party {
  readonly adults: number;
  /** From 60 years. */
  readonly seniors: number;
  /** Ages. */
  readonly children: readonly number[];
  /** One of the party; {} = nobody is described. */
  readonly traveller: TravellerText;
}

export const MAX_PASSENGERS = 20;
export const OLDEST_CHILD = 17;
const SENIOR_AGE = 60;

export const offeredProfessions = [
  'STUDENT',
  'DEFENSE',
  'MEDICAL',
  'GOVERNMENT',
  'CORPORATE',
] as const satisfies readonly TravellerText['profession'][];
export const offeredGenders = [
  'FEMALE',
  'MALE',
  'TRANSGENDER',
] as const satisfies readonly TravellerText['gender'][];
export const offeredDisabilities = [
  'ORTHOPAEDIC',
  'VISUAL',
  'INTELLECTUAL',
  'HEARING_AND_SPEECH',
] as const satisfies readonly TravellerText['disability'][];
export const offeredProfiles = [
  'solo_woman',
  'senior',
  'with_child',
  'heavy_luggage',
] as const satisfies readonly TravellerText['profile'][];

export const partySize = ({ adults, seniors, children }: Party): number => adults + seniors + children.length;

const oneOf = <Value extends string>(
  values: readonly Value[],
  text: string | undefined,
  fold: (text: string) => string = (same) => same.toUpperCase(),
): Value | undefined => values.find((value) => value === fold(text ?? ''));

const wholeNumber = (text: string | undefined, least: number, most: number): number | undefined =>
  text !== undefined && /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most
    ? Number(text)
    : undefined;

/** `passengers` counts everyone, as the interface has it; `seniors` says how many of them are. */
export function readTraveller(params: SearchParams): Party {
  const all = wholeNumber(params.passengers, 1, MAX_PASSENGERS) ?? 1;
  const children = (params.child ?? [])
    .flatMap((age) => wholeNumber(age, 0, OLDEST_CHILD) ?? [])
    .slice(0, all);
  const seniors = Math.min(wholeNumber(params.seniors, 0, MAX_PASSENGERS) ?? 0, all - children.length);
  return {
    adults: all - children.length - seniors,
    seniors,
    children,
    traveller: told({
      profession: oneOf(offeredProfessions, params.profession),
      age: wholeNumber(params.age, 0, 120),
      gender: oneOf(offeredGenders, params.gender),
      domicileState: params.state?.trim().slice(0, 120) || undefined,
      disability: oneOf(offeredDisabilities, params.disability),
      profile: oneOf(offeredProfiles, params.profile, (text) => text.toLowerCase()),
    }),
  };
}

export function travellerParams(party: Party): [string, string][] {
  const { profession, age, gender, domicileState, disability, profile } = party.traveller;
  const all = partySize(party);
  return [
    ['passengers', all === 1 ? '' : String(all)],
    ['seniors', party.seniors === 0 ? '' : String(party.seniors)],
    ...party.children.map((child): [string, string] => ['child', String(child)]),
    ['profession', profession ?? ''],
    ['age', age === undefined ? '' : String(age)],
    ['gender', gender ?? ''],
    ['state', domicileState ?? ''],
    ['disability', disability ?? ''],
    ['profile', profile ?? ''],
  ];
}

/** What the interface is told of the party. Seniors and children count without being described. */
export function requestTraveller(
  party: Party,
): Pick<SearchRequestInput, 'passengers' | 'children' | 'traveller'> {
  const { children, seniors, traveller } = party;
  const described = Object.keys(traveller).length > 0;
  // Whoever is sixty has the concessions of that age, and what is hard on them: nothing else is known.
  const assumed = seniors > 0 && !described ? ({ age: SENIOR_AGE, profile: 'senior' } as const) : {};
  const profile = traveller.profile ?? (children.length > 0 && !described ? 'with_child' : undefined);
  const told = { ...assumed, ...traveller, ...(profile === undefined ? {} : { profile }) };
  return {
    passengers: partySize(party),
    ...(children.length === 0 ? {} : { children: [...children] }),
    ...(Object.keys(told).length === 0 ? {} : { traveller: told }),
  };
}

/** Without what is not said. */
function told(traveller: {
  readonly [Name in keyof TravellerText]: TravellerText[Name] | undefined;
}): TravellerText {
  return Object.fromEntries(Object.entries(traveller).filter(([, value]) => value !== undefined));
}
