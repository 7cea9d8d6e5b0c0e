import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import ICAL from 'ical.js';
import { newId } from '../../units/ids.ts';
import type { BookingLeg, KeptRoute, Trip } from '../trips/contract.ts';
import { tripTotals } from '../trips/totals.ts';
import { fold } from './icalendar.ts';
import { tripCalendar } from './tripCalendar.ts';

const place = { id: '1', name: 'Noida', lat: 28.5, lng: 77.4 };

const bookingLeg = (legIndex: number, changes: Partial<BookingLeg> = {}): BookingLeg => ({
  id: newId(),
  legIndex,
  mode: 'train',
  isBooked: false,
  platform: null,
  bookingRef: null,
  bookedAt: null,
  cost: null,
  fareClass: null,
  currency: 'INR',
  departsAt: null,
  remindAt: null,
  reminderSent: false,
  ...changes,
});

const tripOf = (selectedRoute: KeptRoute | null, changes: Partial<Trip> = {}): Trip => ({
  id: newId(),
  origin: place,
  destination: { ...place, name: 'Bangalore' },
  stops: null,
  date: '2026-12-15',
  time: '08:00',
  timezone: 'Asia/Kolkata',
  passengers: 2,
  preference: 'BALANCED',
  status: 'PLANNED',
  legCount: 1,
  startsAt: '2026-12-15T02:30:00.000Z',
  endsAt: '2026-12-15T18:30:00.000Z',
  bookingLegs: [],
  createdAt: '2026-11-01T10:00:00.000Z',
  updatedAt: '2026-11-01T10:02:05.000Z',
  totals: tripTotals(selectedRoute, []),
  selectedRoute,
  archivedAt: null,
  ...changes,
});

interface End {
  readonly name: string;
  readonly zone: string;
}
const ride = (
  [departure, from]: [string, End],
  [arrival, to]: [string, End],
  more: object = {},
): KeptRoute['legs'][number] => ({
  mode: 'flight',
  line: { name: 'AI 101' },
  departure,
  arrival,
  from: { lat: 0, lng: 0, code: null, ...from },
  to: { lat: 0, lng: 0, code: null, ...to },
  ...more,
});

const delhi = { name: 'Delhi', zone: 'Asia/Kolkata' };
const newYork = { name: 'New York', zone: 'America/New_York' };
const options = { name: 'Trips', references: false };

/** Every line short enough and ended as it must be; then what a calendar program makes of it. */
function read(text: string): ICAL.Event[] {
  assert.ok(text.endsWith('END:VCALENDAR\r\n'));
  for (const line of text.split('\r\n')) {
    assert.ok(new TextEncoder().encode(line).length <= 75, line);
    assert.doesNotMatch(line, /[\r\n]/);
  }
  const calendar = new ICAL.Component(ICAL.parse(text));
  // The zones as this calendar defines them, not as the program may know them.
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

const instants = (event: ICAL.Event | undefined): string[] => [
  event!.startDate.toJSDate().toISOString(),
  event!.endDate.toJSDate().toISOString(),
];

describe('tripCalendar, read by a calendar program', () => {
  test('a leg in India: its own clock, the right instant', () => {
    const text = tripCalendar(
      [tripOf({ legs: [ride(['2026-12-15T09:30+05:30', delhi], ['2026-12-16T12:40+05:30', delhi])] })],
      options,
    );
    assert.match(text, /DTSTART;TZID=Asia\/Kolkata:20261215T093000/);
    const [event] = read(text);
    assert.deepEqual(instants(event), ['2026-12-15T04:00:00.000Z', '2026-12-16T07:10:00.000Z']);
    assert.equal(event!.startDate.toString(), '2026-12-15T09:30:00');
    assert.equal(event!.startDate.zone?.tzid, 'Asia/Kolkata');
  });

  test('a leg that ends in another zone, on the day its clocks change: each end by its own clock', () => {
    // New York goes back from 02:00 to 01:00 on 1 November 2026, forward from 02:00 to 03:00 on 8 March.
    for (const [arrival, instant, clock] of [
      ['2026-11-01T00:30-04:00', '2026-11-01T04:30:00.000Z', '2026-11-01T00:30:00'],
      ['2026-11-01T05:30-05:00', '2026-11-01T10:30:00.000Z', '2026-11-01T05:30:00'],
      ['2026-03-08T01:59-05:00', '2026-03-08T06:59:00.000Z', '2026-03-08T01:59:00'],
      ['2026-03-08T03:00-04:00', '2026-03-08T07:00:00.000Z', '2026-03-08T03:00:00'],
    ] as const) {
      const departure = `${arrival.slice(0, 4)}-01-02T14:10+05:30`;
      const [event] = read(
        tripCalendar([tripOf({ legs: [ride([departure, delhi], [arrival, newYork])] })], options),
      );
      assert.deepEqual(instants(event), [new Date(departure).toISOString(), instant]);
      assert.equal(event!.endDate.toString(), clock);
      assert.equal(event!.endDate.zone?.tzid, 'America/New_York');
    }
  });

  test('the hour that clocks show twice: both of its instants are right', () => {
    for (const [arrival, instant] of [
      ['2026-11-01T01:30-04:00', '2026-11-01T05:30:00.000Z'],
      ['2026-11-01T01:30-05:00', '2026-11-01T06:30:00.000Z'],
    ] as const) {
      const [event] = read(
        tripCalendar(
          [tripOf({ legs: [ride(['2026-10-31T14:10+05:30', delhi], [arrival, newYork])] })],
          options,
        ),
      );
      assert.equal(instants(event)[1], instant);
    }
  });

  test('any minute of five zones over their changes, against the instant it was written as', () => {
    const zones = [
      'Asia/Kolkata',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    ];
    const trips: Trip[] = [];
    const expected: string[] = [];
    // Days on which one of them changes, Casablanca for Ramadan included.
    const days = ['02-15', '03-08', '03-22', '03-29', '04-05', '10-04', '10-25', '11-01', '12-31'];
    for (const zone of zones)
      for (const day of days)
        for (let minute = -60; minute < 24 * 60; minute += 75) {
          const instant = new Date(Date.parse(`2026-${day}T00:00Z`) + minute * 60_000).toISOString();
          expected.push(instant);
          const end = { name: zone, zone };
          trips.push(tripOf({ legs: [ride([instant, end], [instant, end])] }));
        }
    const events = read(tripCalendar(trips, options));
    assert.deepEqual(
      events.map((event) => event.startDate.toJSDate().toISOString()),
      expected,
    );
  });

  test('names that would end a line, a value or the calendar stay names', () => {
    const hostile = [
      'A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:planted',
      'semi;colon, comma\\ back\\n',
      'चेन्नई एग्मोर — a name so long that its line has to be folded, and more than once, somewhere in a letter',
      '👩‍👩‍👧‍👦'.repeat(30),
      'bell\u0007nul\u0000 line\u2028para\u2029nel\u0085',
      ':"x"^n',
    ];
    for (const name of hostile) {
      const end = { name, zone: 'Asia/Kolkata' };
      const leg = ride(['2026-12-15T09:30+05:30', end], ['2026-12-15T10:30+05:30', delhi], {
        line: { name },
      });
      const events = read(
        tripCalendar([tripOf({ legs: [leg] }, { origin: { ...place, name } })], { name, references: true }),
      );
      assert.equal(events.length, 1, name);
      const said = name
        .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
        .replaceAll('\0', '')
        .replaceAll('\u0007', '');
      assert.equal(events[0]!.summary, `${said}: ${said} → Delhi`);
      assert.equal(events[0]!.location, said);
    }
    assert.throws(() => read(`${fold('x'.repeat(74))}ü\r\nEND:VCALENDAR\r\n`), 'the check sees a long line');
  });

  test('an alarm before leaving: an hour before the first leg, boarding and half an hour before a ride', () => {
    const taxi = {
      mode: 'taxi',
      departure: '2026-12-15T07:50+05:30',
      arrival: '2026-12-15T08:50+05:30',
      line: null,
    };
    const flight = ride(['2026-12-15T11:30+05:30', delhi], ['2026-12-15T13:30+05:30', delhi], {
      bufferMinutes: 120,
    });
    const [first, second] = read(tripCalendar([tripOf({ legs: [taxi, flight] })], options)).map((event) =>
      event.component
        .getAllSubcomponents('valarm')
        .map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
    );
    assert.deepEqual([first, second], [['-PT60M'], ['-PT150M']]);
  });

  test('the same leg keeps its id when the route changes; a later version has a later stamp and sequence', () => {
    const leg = bookingLeg(0);
    const legs = [ride(['2026-12-15T09:30+05:30', delhi], ['2026-12-15T10:30+05:30', delhi])];
    const before = tripOf({ legs }, { bookingLegs: [leg] });
    const walk = { mode: 'walk', departure: '2026-12-15T09:00+05:30', arrival: '2026-12-15T09:10+05:30' };
    const after = {
      ...before,
      selectedRoute: { legs: [walk, ...legs] },
      bookingLegs: [{ ...leg, legIndex: 1 }],
      updatedAt: '2026-11-02T10:00:00.000Z',
    };
    const [one] = read(tripCalendar([before], options));
    const [other] = read(tripCalendar([after], options));
    assert.equal(one!.uid, other!.uid);
    assert.deepEqual([one!.sequence, other!.sequence], [125, 86_400]);
    const stamp = (event: ICAL.Event): unknown => String(event.component.getFirstPropertyValue('dtstamp'));
    assert.equal(stamp(other!), '2026-11-02T10:00:00Z');
    assert.equal(tripCalendar([before], options), tripCalendar([before], options));
  });

  test('booking references only where they are asked for; what is not booked is tentative', () => {
    const booked = bookingLeg(0, { isBooked: true, platform: 'IRCTC', bookingRef: 'PNR 4512345678' });
    const legs = [
      ride(['2026-12-15T09:30+05:30', delhi], ['2026-12-15T10:30+05:30', delhi]),
      ride(['2026-12-15T11:30+05:30', delhi], ['2026-12-15T12:30+05:30', delhi]),
    ];
    const trip = tripOf({ legs }, { bookingLegs: [booked, bookingLeg(1)] });
    assert.doesNotMatch(tripCalendar([trip], options), /4512345678|IRCTC/);
    const [first, second] = read(tripCalendar([trip], { ...options, references: true }));
    assert.match(first!.description, /Booked, IRCTC, PNR 4512345678/);
    const status = (event: ICAL.Event): unknown => event.component.getFirstPropertyValue('status');
    assert.deepEqual([status(first!), status(second!)], ['CONFIRMED', 'TENTATIVE']);
  });

  test('a cancelled trip says so and rings no bell', () => {
    const legs = [ride(['2026-12-15T09:30+05:30', delhi], ['2026-12-15T10:30+05:30', delhi])];
    const [event] = read(tripCalendar([tripOf({ legs }, { status: 'CANCELLED' })], options));
    assert.equal(event!.component.getFirstPropertyValue('status'), 'CANCELLED');
    assert.equal(event!.component.getFirstSubcomponent('valarm'), null);
  });

  test('a trip without a route: at its time, or all day', () => {
    const [timed] = read(tripCalendar([tripOf(null)], options));
    assert.equal(timed!.startDate.toJSDate().toISOString(), '2026-12-15T02:30:00.000Z');
    const [allDay] = read(tripCalendar([tripOf(null, { time: null })], options));
    assert.equal(allDay!.startDate.isDate, true);
    assert.equal(allDay!.startDate.toString(), '2026-12-15');
  });

  test('routes that are none of ours: what cannot be read is left out, and nothing breaks', () => {
    const legs: KeptRoute['legs'] = [
      { mode: 'train', departure: '0001-01-01T00:00Z', arrival: '9999-12-31T23:59Z' },
      {
        mode: 'bus',
        from: 42,
        to: { name: 7 },
        line: 'x',
        departure: '2026-12-15T09:30Z',
        arrival: '2026-12-15T08:30Z',
      },
      ride(
        ['2026-12-15T09:30+05:30', { name: 'x', zone: '+05:30' }],
        ['2026-12-15T10:30+05:30', { name: 'y', zone: 'Mars/Olympus' }],
      ),
    ];
    const events = read(tripCalendar([tripOf({ legs })], options));
    assert.equal(events.length, 2);
    assert.deepEqual(instants(events[0]), ['2026-12-15T09:30:00.000Z', '2026-12-15T09:30:00.000Z']);
    assert.equal(events[1]!.startDate.zone?.tzid, 'Asia/Kolkata');
  });

  test('what is more than a calendar holds is said to be left out', () => {
    const legs = [ride(['2026-12-15T09:30+05:30', delhi], ['2026-12-15T10:30+05:30', delhi])];
    const trips = Array.from({ length: 10_000 }, () => tripOf({ legs }));
    const marker = 'UID:left-out@routestitch';
    assert.ok(!tripCalendar(trips, options).includes(marker), 'all of them');
    const text = tripCalendar([...trips, tripOf({ legs }, { date: '2027-02-03' })], options);
    const last = text.slice(text.lastIndexOf('BEGIN:VEVENT'));
    assert.match(last, /^UID:left-out@routestitch\r$/m);
    assert.match(last, /^DTSTART;VALUE=DATE:20270203\r$/m);
    assert.match(last, /^SUMMARY:RouteStitch: later trips are not in this calendar\r$/m);
  });

  test('no trips: still a calendar', () => assert.deepEqual(read(tripCalendar([], options)), []));
});
