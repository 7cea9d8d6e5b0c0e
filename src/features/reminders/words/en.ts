import { localeOf } from '../../../units/language.ts';
import { pageWords } from '../../sharing/index.ts';
import { type ReminderWords, timeIn } from './words.ts';

export const en: ReminderWords = {
  time: timeIn(localeOf.en),
  mode: (mode) => pageWords.en.modes[mode] ?? mode,
  subject(kind, { ride, departs, opens, trip }) {
    if (kind === 'BOOKING_OPENS') return `Booking opens ${opens}: ${ride}`;
    if (kind === 'TATKAL_OPENS') return `Tatkal opens ${opens}: ${ride}`;
    if (kind === 'NOT_BOOKED') return `Not booked yet: ${ride}, ${departs}`;
    return `Leave ${departs}: ${trip}`;
  },
  text(kind, { ride, from, to, departs, opens, classOpen, trip, goesOn }) {
    if (kind === 'BOOKING_OPENS')
      return [
        `Tickets for ${ride} from ${from} to ${to}, leaving ${departs}, can be bought from ${opens} on (Indian time).`,
        'Berths run out: have names and ages ready, and book this leg before those that can always be had.',
      ];
    if (kind === 'TATKAL_OPENS')
      return [
        `${ride} from ${from} to ${to} leaves ${departs} and is not marked as booked. Its Tatkal tickets are sold from ${opens} on (Indian time)${classOpen ? ' in AC classes; check the hour of your class' : ''}.`,
        'A confirmed Tatkal ticket is not refunded, and concessions do not apply to it.',
      ];
    if (kind === 'NOT_BOOKED')
      return [
        `${ride} from ${from} to ${to} leaves ${departs}, and you have not marked it as booked.`,
        'If you have booked it, mark it in your trip: no more is asked then.',
      ];
    return [
      goesOn
        ? `Your journey ${trip} goes on: the next leg leaves ${departs}.`
        : `Your journey ${trip} begins: the first leg leaves ${departs}.`,
      'Times are those of when the route was found. Check them before you leave.',
    ];
  },
  legs: 'Your next legs',
  tripLink: 'Open the trip',
  wishesLink: 'Change what you are reminded of',
  stopLink: 'No more reminders',
  why: 'You get this because you saved the trip.',
  honest: 'RouteStitch sells no tickets. Times and openings are indicative.',
  stop: {
    title: 'No more reminders',
    ask: 'RouteStitch will send you no more reminders by mail, for no trip. Sign-in links still come when you ask for one.',
    button: 'Stop reminders',
    done: 'Reminders are off. No more will be sent.',
    again: 'You can switch them on again on your page',
    unknown: 'This link is not one of ours. Reminders are switched off on your page',
  },
};
