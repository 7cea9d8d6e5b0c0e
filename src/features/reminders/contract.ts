import { z } from '@hono/zod-openapi';

/** What one is reminded of. */
export const reminderKinds = ['BOOKING_OPENS', 'TATKAL_OPENS', 'NOT_BOOKED', 'LEAVE'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** As a traveller sees them; the database knows more between WAITING and SENT. */
export const reminderStates = ['WAITING', 'SENT', 'FAILED', 'SKIPPED', 'MISSED'] as const;

export const reminderSchema = z
  .object({
    id: z.string(),
    tripId: z.string(),
    legIndex: z.number().int(),
    kind: z.enum(reminderKinds),
    dueAt: z.iso.datetime(),
    eventAt: z.iso
      .datetime()
      .describe('What it is about: the opening, the begin of the day of travel, the departure'),
    state: z
      .enum(reminderStates)
      .describe('SKIPPED: not needed any more when it was due; MISSED: it could not be sent while of use'),
    sentAt: z.iso.datetime().nullable(),
  })
  .openapi('Reminder');
export type Reminder = z.infer<typeof reminderSchema>;

export const MAX_LISTED = 200;

export const remindersSchema = z
  .object({
    mail: z.boolean().describe('Whether this server can send any'),
    reminders: z.array(reminderSchema).max(MAX_LISTED).describe('Of trips to come and under way, by `dueAt`'),
  })
  .openapi('Reminders');
export type Reminders = z.infer<typeof remindersSchema>;
