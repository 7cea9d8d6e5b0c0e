import { z } from 'zod';
import { genders, travellerSchema } from '../concessions/contract.ts';
import { railQuotas } from '../fares/contract.ts';
import { locationSchema } from '../places/contract.ts';
import { travellerProfiles } from './comfort/comfortSchema.ts';

/** The main modes that a search can be narrowed to. */
export const searchModes = ['train', 'bus', 'flight', 'metro', 'tram', 'ferry'] as const;

export const preferences = ['FASTEST', 'CHEAPEST', 'BALANCED'] as const;
export type Preference = (typeof preferences)[number];
/** Either case is accepted, as in the user's document. */
const anyCase = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.preprocess((value) => (typeof value === 'string' ? value.toUpperCase() : value), z.enum(names));
export const preferenceSchema = anyCase(preferences);

export const dateSchema = z.iso.date().describe('Wall-clock date at the origin');
export const timeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')
  .describe('Wall-clock time at the origin (at the destination with arriveBy)');

const endSchema = z
  .union([z.string().trim().min(1).max(200), locationSchema], {
    error: 'must be a text of 1 to 200 characters or a location object',
  })
  .describe('A text, resolved to the best place, or a location object');

const CLASS_CODE = /^[A-Z0-9_]{1,16}$/;
const MOST_CLASSES = 12;
const OLDEST_CHILD = 17;

const searchTravellerSchema = travellerSchema.extend({
  profile: z.enum(travellerProfiles).optional().describe('What is hard on whom; default: default'),
});

export const requestShape = z
  .strictObject({
    origin: endSchema,
    destination: endSchema,
    stops: z
      .array(
        z.strictObject({ place: endSchema, dwellMinutes: z.number().int().min(0).max(20_160).default(0) }),
      )
      .max(8)
      .optional()
      .describe('Places to visit on the way, in order'),
    date: dateSchema.optional().describe('Default: today at the origin'),
    time: timeSchema.optional().describe('Default: any time of the day (from now, when the date is today)'),
    arriveBy: z.boolean().default(false),
    passengers: z.number().int().min(1).max(20).default(1).describe('Everyone, children included'),
    children: z
      .array(z.number().int().min(0).max(OLDEST_CHILD))
      .max(20)
      .optional()
      .describe(
        'Ages of those among the `passengers` who are children. By rail they pay by age: below 5 nothing, 5 to 11 half without a berth of their own; elsewhere as grown-ups',
      ),
    quota: anyCase(railQuotas)
      .optional()
      .describe('How rail berths are bought; default: GENERAL. LADIES and SENIOR cost the same'),
    class: z
      .array(
        z.string().trim().toUpperCase().regex(CLASS_CODE, 'must be a class such as SL, 3A, AC_SLEEPER or XL'),
      )
      .min(1)
      .max(MOST_CLASSES)
      .optional()
      .describe(
        'Classes wished for, the one wanted most first: on each leg the first of them that it has is priced, else the one that follows from the preference',
      ),
    preference: preferenceSchema.default('BALANCED'),
    modes: z.array(z.enum(searchModes)).min(1).optional(),
    traveller: searchTravellerSchema
      .optional()
      .describe('One of the passengers: what concessions save, and what is uncomfortable'),
  })
  .superRefine(({ children = [], passengers }, context) => {
    if (children.length > passengers)
      context.addIssue({
        code: 'custom',
        path: ['children'],
        message: `${children.length} children, but only ${passengers} passengers: passengers counts everyone`,
      });
  });

/** What a search was told of the party besides its size: prices, savings and comfort follow from it. */
export const askedSchema = z.object({
  children: z.array(z.number().int()).optional().describe('Ages'),
  quota: z.enum(railQuotas).optional(),
  class: z.array(z.string()).optional().describe('Classes wished for'),
  traveller: searchTravellerSchema.optional(),
});
export type Asked = z.infer<typeof askedSchema>;

/** Undefined when nothing was told. */
export function askedOf({
  children,
  quota,
  class: wished,
  traveller,
}: z.infer<typeof requestShape>): Asked | undefined {
  const asked = told({ children, quota, class: wished, traveller }) as Asked;
  return Object.keys(asked).length > 0 ? asked : undefined;
}

/**
 * The shareable form of a search, `GET /search?…`: texts only. `stop` may be repeated, as `Jaipur:240`
 * (minutes to stay), and so may `child`; `modes` and `class` are lists, as `train,bus`.
 */
export const searchQuerySchema = z.object({
  origin: z.string(),
  destination: z.string(),
  date: dateSchema.optional(),
  time: timeSchema.optional(),
  arriveBy: z.enum(['true', 'false', '1', '0']).optional(),
  passengers: z
    .string()
    .regex(/^\d{1,2}$/)
    .optional(),
  child: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Age of a child among the passengers: 7'),
  quota: z.string().optional().describe(railQuotas.join(', ')),
  class: z.string().optional().describe('Classes wished for: 3A,AC_SLEEPER'),
  preference: z.string().optional(),
  modes: z.string().optional().describe(searchModes.join()),
  stop: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Place to visit and minutes to stay: Jaipur:240'),
  profession: z.string().optional(),
  profile: z.string().optional().describe(travellerProfiles.join(', ')),
  age: z
    .string()
    .regex(/^\d{1,3}$/)
    .optional()
    .describe('Of the traveller'),
  gender: z.string().optional().describe(genders.join(', ')),
  state: z.string().optional().describe('Where the traveller resides: Karnataka'),
});
export type SearchQuery = z.infer<typeof searchQuerySchema>;

/** The search that a query string stands for, still to be checked by the schema of the request. */
export function requestOfQuery(query: SearchQuery): z.input<typeof requestShape> {
  const { origin, destination, date, time, passengers, quota, preference } = query;
  const stops = [query.stop ?? []].flat().map((text) => {
    const [, place = text, minutes] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
    return { place, ...(minutes === undefined ? {} : { dwellMinutes: Number(minutes) }) };
  });
  const children = [query.child ?? []].flat().map(wholeNumber);
  const request: Record<keyof z.input<typeof requestShape>, unknown> = {
    origin,
    destination,
    stops: stops.length > 0 ? stops : undefined,
    date,
    time,
    arriveBy: query.arriveBy === undefined ? undefined : query.arriveBy === 'true' || query.arriveBy === '1',
    passengers: passengers === undefined ? undefined : Number(passengers),
    children: children.length > 0 ? children : undefined,
    quota,
    class: listOf(query.class),
    preference,
    modes: listOf(query.modes),
    traveller: travellerOf(query),
  };
  return told(request) as z.input<typeof requestShape>;
}

function travellerOf({ profession, profile, age, gender, state }: SearchQuery): object | undefined {
  const traveller = told({
    profession,
    profile: profile?.toLowerCase(),
    age: age === undefined ? undefined : Number(age),
    gender: gender?.toUpperCase(),
    domicileState: state,
  });
  return Object.keys(traveller).length > 0 ? traveller : undefined;
}

const told = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const listOf = (text: string | undefined): string[] | undefined =>
  text?.split(',').map((entry) => entry.trim());

/** What is no number stays as it is, so that the refusal names it. */
const wholeNumber = (text: string): unknown => (/^\d{1,3}$/.test(text) ? Number(text) : text);
