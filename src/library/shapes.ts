/** What the functions take beside the shapes of the slices. */
import { z } from 'zod';
import { preferenceSchema } from '../features/journeys/contract.ts';
import { locationSchema } from '../features/places/contract.ts';

/** Of the app that uses the library: any text without control characters. */
export const userIdSchema = z
  .string({ error: 'the first argument is the id of a user' })
  .min(1, 'the id of the user is empty')
  .max(200)
  .regex(/^\P{Cc}+$/u, 'the id of the user has control characters');

export const userToEnsureSchema = z.strictObject({
  id: userIdSchema,
  email: z
    .email()
    .max(320)
    .transform((email) => email.toLowerCase()),
  name: z.string().trim().max(200).nullish(),
});
export type UserToEnsure = z.input<typeof userToEnsureSchema>;

const searched = {
  origin: locationSchema,
  destination: locationSchema,
  date: z.iso.date(),
  preference: preferenceSchema,
};

export const cachedRoutesSchema = z.strictObject({ ...searched, cacheKey: z.string().min(1).max(200) });

export const searchToTrackSchema = z.object({
  ...searched,
  preference: preferenceSchema.default('BALANCED'),
  passengers: z.number().int().min(1).max(20).default(1),
  stops: z.array(z.looseObject({})).max(8).nullish(),
  routesFound: z.number().int().min(0),
  userAgent: z.string().optional(),
});
