/** The page of a trip: what comes next, what lies between two rides, what is lost, what may be shown. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const trip = 'web/trip/trip.test.ts';
const timeline = 'web/trip/timeline.test.ts';
const plan = 'web/trip/bookingPlan.test.ts';
const clicks = 'web/trip/clicks.test.ts';
const edits = 'web/offline/edits.test.ts';
const language = 'src/units/language.test.ts';

const faults: readonly Fault[] = [
  {
    what: 'tickets are taken in the order of the ride, not of the plan',
    file: 'web/trip/nextAction.ts',
    find: 'order(a) - order(b) || a.index - b.index',
    put: 'a.index - b.index',
    redIn: trip,
    red: 'what is not open yet is waited for, unless something else can be bought',
  },
  {
    what: 'a ticket of a train that has left is still to be booked',
    file: 'web/trip/nextAction.ts',
    find: 'leg.booking && !leg.booking.isBooked && isAhead(leg, nowMs)',
    put: 'leg.booking && !leg.booking.isBooked',
    redIn: trip,
    red: 'under way: the ride one is in, then the one that comes; a ticket still ahead goes first',
  },
  {
    what: 'a taxi is booked before the train',
    file: 'web/trip/nextAction.ts',
    find: "plans.get(index)?.reason !== 'ON_THE_DAY'",
    put: 'true',
    redIn: trip,
    red: 'first what the plan buys first, then the next, then what is called on the day',
  },
  {
    what: 'a short reference is shown whole',
    file: 'web/trip/readTrip.ts',
    find: 'Math.min(4, Math.floor(characters.length / 2))',
    put: '4',
    redIn: trip,
    red: 'of a reference the end is shown, of a short one half at most',
  },
  {
    what: 'the calendar shows what is over',
    file: 'web/trip/agenda.ts',
    find: 'entry.at !== null && Date.parse(entry.at) > nowMs',
    put: 'entry.at !== null',
    redIn: trip,
    red: 'the calendar: now in the order to buy, then by day; what is over is left out',
  },
  {
    what: 'papers for what is only possible',
    file: 'web/trip/documents.ts',
    find: "      if (outcome.status !== 'APPLIES' && outcome.ruleId !== concession?.best) continue;\n",
    put: '',
    redIn: trip,
    red: 'a document is named once with its legs; what is refused or only possible needs none',
  },
  {
    what: 'the stay counts as waiting too',
    file: 'web/trip/timeline.ts',
    find: 'gap - (stay?.minutes ?? 0)',
    put: 'gap',
    redIn: timeline,
    red: 'a stay comes before what is changed to, with its nights, and the wait is what is left',
  },
  {
    what: 'a night begins at three',
    file: 'web/trip/timeline.ts',
    find: 'const ASLEEP = 120;',
    put: 'const ASLEEP = 180;',
    redIn: timeline,
    red: 'nights are counted by 02:00 on the clock',
  },
  {
    what: 'a ticket of unknown price was free',
    file: 'web/trip/bookingPlan.ts',
    find: '    if (booking.isBooked && paid === null) return [];\n',
    put: '',
    redIn: plan,
    red: 'nothing paid, nothing lost; a ticket without a price is named, not counted as free',
  },
  {
    what: 'at a cliff the whole loss is that of one leg',
    file: 'web/trip/bookingPlan.ts',
    find: 'lostMinor - first.now + first.lostMinor',
    put: 'first.lostMinor',
    redIn: plan,
    red: 'the loss is that of all legs, and grows at the first cliff by that leg alone',
  },
  {
    what: 'a hand-off is asked after on every leg',
    file: 'web/trip/clicks.ts',
    find: '`${tripId} ${legIndex}`',
    put: 'tripId',
    redIn: clicks,
    red: 'a click is asked after on its leg alone, for 90 days, until it is answered',
  },
  {
    what: 'the browser goes before what was chosen',
    file: 'src/units/language.ts',
    find: "    keptLanguage(request.headers.get('cookie') ?? '') ??\n    accepted(request.headers.get('accept-language') ?? '') ??\n",
    put: "    accepted(request.headers.get('accept-language') ?? '') ??\n    keptLanguage(request.headers.get('cookie') ?? '') ??\n",
    redIn: language,
    red: 'the address goes before the cookie, the cookie before the browser',
  },
  {
    what: 'what was recorded elsewhere is overwritten',
    file: 'web/offline/edits.ts',
    find: 'edits[0] && sameBooking(now, edits[0].seen) ? edits : null',
    put: 'edits',
    redIn: edits,
    red: 'a leg that somebody else changed is not overwritten',
  },
  {
    what: 'what has arrived is sent again',
    file: 'web/offline/edits.ts',
    find: 'if (there >= 0) return edits.slice(there + 1);',
    put: '',
    redIn: edits,
    red: 'sent to a leg that is as it was seen; what is there already is not sent again',
  },
  {
    what: 'what is held back is shown as done',
    file: 'web/offline/edits.ts',
    find: 'tripId === trip.id && held === null',
    put: 'tripId === trip.id',
    redIn: edits,
    red: 'a trip is shown with what waits for it, in order; what is held back is not shown as done',
  },
];

plantFaults(['src', 'web/offline', 'web/trip', 'test/support'], faults);
