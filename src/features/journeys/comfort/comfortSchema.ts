import { z } from 'zod';

export const travellerProfiles = ['default', 'solo_woman', 'senior', 'with_child', 'heavy_luggage'] as const;
export type TravellerProfile = (typeof travellerProfiles)[number];

export const comfortFlagNames = [
  'NIGHT_DEPARTURE',
  'NIGHT_ARRIVAL',
  'NIGHT_WAIT',
  'NIGHT_CHANGE',
  'CHANGE_AT_RISK',
  'SLEEP_LOST',
  'STATION_CHANGE',
  'LONG_WALK',
  'BAGGAGE_LIMIT',
] as const;
export type ComfortFlagName = (typeof comfortFlagNames)[number];

export const comfortSchema = z.object({
  flags: z.array(
    z.object({
      flag: z.enum(comfortFlagNames),
      atLeg: z.number().int(),
      minutes: z.number().int().nullable().describe('How long, where it has a length'),
      penaltyMinutes: z.number().int(),
      text: z.string(),
    }),
  ),
  penaltyMinutes: z.number().int().describe('Minutes that the flags together weigh as much as'),
});
export type Comfort = z.infer<typeof comfortSchema>;
