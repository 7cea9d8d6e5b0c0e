import { escapeHtml } from '../../units/htmlPage.ts';
import { type Language, localeOf } from '../../units/language.ts';
import { epochMinuteOf, type EpochMinute, formatClock, wallClockAt } from '../../units/time.ts';
import type { Mail } from '../accounts/index.ts';
import {
  endName,
  type Itinerary,
  type ItineraryLeg,
  itineraryOf,
  momentCalendar,
  tripCalendar,
} from '../sharing/index.ts';
import type { Trip } from '../trips/index.ts';
import type { ReminderKind } from './contract.ts';
import { en } from './words/en.ts';
import { hi } from './words/hi.ts';
import type { Facts, ReminderWords } from './words/words.ts';

export const wordsOf: Readonly<Record<Language, ReminderWords>> = { en, hi };

export interface DueReminder {
  readonly id: string;
  readonly kind: ReminderKind;
  readonly legIndex: number;
  readonly eventAt: EpochMinute;
  /** The class of the leg is not known, on which its opening depends. */
  readonly classOpen: boolean;
}

export interface MailSettings {
  readonly to: string;
  readonly language: Language;
  /** Where people find this server: `https://journeys.example.org`. */
  readonly origin: string;
  /** The path that stops reminders. */
  readonly stopPath: string;
  /** What stands behind the @ of message ids. */
  readonly domain: string;
  readonly now: EpochMinute;
}

/** Railway clocks. */
const ZONE = 'Asia/Kolkata';
/** Shown of a journey that begins. */
const LEGS = 6;
const HOURS_AHEAD = 24;

/** The mail of a reminder, in the language of its reader; null when the trip has no such leg (any more). */
export function reminderMail(reminder: DueReminder, trip: Trip, settings: MailSettings): Mail | null {
  const words = wordsOf[settings.language];
  const itinerary = itineraryOf(trip);
  const leg = itinerary.legs[reminder.legIndex];
  if (!leg?.departure) return null;
  const facts = factsOf(reminder, itinerary, leg, words);
  const paragraphs = words.text(reminder.kind, facts);
  const legs = reminder.kind === 'LEAVE' ? nextLegs(itinerary, leg, words) : [];
  const links = {
    trip: new URL(`/trips/${trip.id}`, settings.origin).href,
    wishes: new URL('/me', settings.origin).href,
    stop: new URL(settings.stopPath, settings.origin).href,
  };
  const parts = { paragraphs, legs, links, words, language: settings.language };
  return {
    to: settings.to,
    subject: words.subject(reminder.kind, facts),
    text: plainText(parts),
    html: html(parts, words.subject(reminder.kind, facts)),
    messageId: `<${reminder.id}.reminder@${settings.domain}>`,
    // RFC 2369 and RFC 8058: a mail program has a button for it, and presses it without opening the page.
    headers: { 'List-Unsubscribe': `<${links.stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    attachments: [
      {
        filename: 'routestitch.ics',
        contentType: 'text/calendar; charset=utf-8',
        content: calendar(reminder, trip, words.subject(reminder.kind, facts), paragraphs, settings.now),
      },
    ],
  };
}

function factsOf(
  { kind, eventAt, classOpen, legIndex }: DueReminder,
  { trip }: Itinerary,
  leg: ItineraryLeg,
  words: ReminderWords,
): Facts {
  const departs = epochMinuteOf(Date.parse(leg.departure!));
  return {
    ride: leg.line ?? words.mode(leg.mode),
    from: endName(leg.from),
    to: endName(leg.to),
    departs: words.time(departs, leg.from?.zone ?? trip.timezone),
    opens: words.time(eventAt, ZONE),
    classOpen: classOpen && kind === 'TATKAL_OPENS',
    trip: `${trip.origin.name} → ${trip.destination.name}`,
    goesOn: legIndex > 0,
  };
}

/** `20:05 22692 Rajdhani: Hazrat Nizamuddin (NZM) → KSR Bengaluru (SBC)`, of the day that begins with a leg. */
function nextLegs({ trip, legs }: Itinerary, first: ItineraryLeg, words: ReminderWords): string[] {
  const until = Date.parse(first.departure!) + HOURS_AHEAD * 3_600_000;
  return legs
    .slice(first.index)
    .filter(({ departure }) => departure !== null && Date.parse(departure) < until)
    .slice(0, LEGS)
    .map((leg) => {
      const at = epochMinuteOf(Date.parse(leg.departure!));
      const { minutes } = wallClockAt(at, leg.from?.zone ?? trip.timezone);
      return `${formatClock(minutes)} ${leg.line ?? words.mode(leg.mode)}: ${endName(leg.from)} → ${endName(leg.to)}`;
    });
}

/** The opening as an event; else the whole trip, whose events have the ids that a subscribed calendar has. */
function calendar(
  { kind, id, eventAt }: DueReminder,
  trip: Trip,
  summary: string,
  paragraphs: readonly string[],
  now: EpochMinute,
): string {
  if (kind === 'NOT_BOOKED' || kind === 'LEAVE')
    return tripCalendar([trip], {
      name: `${trip.origin.name} → ${trip.destination.name}`,
      references: false,
    });
  return momentCalendar({
    id: `${id}.reminder`,
    at: eventAt,
    minutes: 15,
    zone: ZONE,
    summary,
    description: paragraphs.join('\n'),
    alarmMinutes: 15,
    written: now,
  });
}

interface Parts {
  readonly paragraphs: readonly string[];
  readonly legs: readonly string[];
  readonly links: { readonly trip: string; readonly wishes: string; readonly stop: string };
  readonly words: ReminderWords;
  readonly language: Language;
}

function plainText({ paragraphs, legs, links, words }: Parts): string {
  return [
    ...paragraphs,
    ...(legs.length > 0 ? [`${words.legs}:\n${legs.map((leg) => `  ${leg}`).join('\n')}`] : []),
    `${words.tripLink}: ${links.trip}`,
    `--\n${words.why}\n${words.wishesLink}: ${links.wishes}\n${words.stopLink}: ${links.stop}\n${words.honest}\n`,
  ].join('\n\n');
}

/** No picture and no counted link: nobody learns when it is read. */
function html({ paragraphs, legs, links, words, language }: Parts, title: string): string {
  const link = (href: string, text: string): string =>
    `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
  const list = legs.map((leg) => `<li>${escapeHtml(leg)}</li>`).join('');
  return `<!doctype html>
<html lang="${localeOf[language]}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
${legs.length > 0 ? `<p>${escapeHtml(words.legs)}:</p><ul>${list}</ul>` : ''}
<p>${link(links.trip, words.tripLink)}</p>
<hr><p><small>${escapeHtml(words.why)} ${link(links.wishes, words.wishesLink)} · ${link(links.stop, words.stopLink)}<br>${escapeHtml(words.honest)}</small></p>
</body></html>
`;
}
