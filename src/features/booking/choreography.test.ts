import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type EpochMinute, epochMinuteOf } from '../../units/time.ts';
import type { BookableLeg } from './contract.ts';
import { exposures, type PaidLeg } from './exposure.ts';
import { linkableTickets } from './linkedTickets.ts';
import { openings, type LegToBook } from './openings.ts';

const at = (instant: string): EpochMinute => epochMinuteOf(Date.parse(instant));
const place = (code: string): BookableLeg['from'] => ({
  name: code,
  code,
  city: null,
  stopId: code,
  lat: 20,
  lng: 77,
  zone: 'Asia/Kolkata',
});
const leg = (
  legIndex: number,
  mode: BookableLeg['mode'],
  [from, to]: readonly [string, string],
  [departure, arrival]: readonly [string, string],
  more: Partial<Omit<LegToBook, 'leg'>> & { readonly serviceDate?: string; readonly train?: string } = {},
): LegToBook => ({
  legIndex,
  fareClass: more.fareClass ?? null,
  trainStartsAt: more.trainStartsAt ?? null,
  leg: {
    mode,
    from: place(from),
    to: place(to),
    departure,
    arrival,
    line: {
      id: 'x',
      name: more.train ?? '12628 Karnataka Express',
      number: null,
      operator: null,
      headsign: null,
      color: null,
    },
    run: { id: 'x', serviceDate: more.serviceDate ?? departure.slice(0, 10) },
  },
});
const times = ['2027-03-05T21:15+05:30', '2027-03-07T06:40+05:30'] as const;
const train = leg(0, 'train', ['NDLS', 'SBC'], times, { fareClass: 'SL' });

describe('when a leg opens', () => {
  const now = at('2026-12-01T12:00+05:30');
  test('60 days before the train starts at its first station, at 08:00: 3 January for a train of 4 March', () => {
    const second = leg(0, 'train', ['BPL', 'SBC'], times, { serviceDate: '2027-03-04' });
    const [found] = openings([second], now);
    assert.equal(found?.opensAt, '2027-01-03T08:00+05:30');
    assert.equal(found?.open, false);
    assert.equal(found?.text, 'Booking opens on Sun 3 Jan at 08:00.');
  });
  test('to the minute', () => {
    const open = (instant: string) => openings([train], at(instant))[0]?.open;
    assert.equal(open('2027-01-04T07:59+05:30'), false);
    assert.equal(open('2027-01-04T08:00+05:30'), true);
  });
  test('Tatkal the day before the start: 11:00, in AC classes 10:00, none in first AC', () => {
    const tatkal = (fareClass: string | null) => openings([{ ...train, fareClass }], now)[0]?.tatkalAt;
    assert.equal(tatkal('SL'), '2027-03-04T11:00+05:30');
    assert.equal(tatkal('3A'), '2027-03-04T10:00+05:30');
    assert.equal(tatkal(null), '2027-03-04T10:00+05:30');
    assert.equal(tatkal('1A'), null);
  });
  test('first chart: 20:00 of the day before for starts of 05:01 to 14:00, else 10 hours before', () => {
    const chart = (trainStartsAt: string) => openings([{ ...train, trainStartsAt }], now)[0]?.chartAt;
    assert.equal(chart('2027-03-05T05:00+05:30'), '2027-03-04T19:00+05:30');
    assert.equal(chart('2027-03-05T05:01+05:30'), '2027-03-04T20:00+05:30');
    assert.equal(chart('2027-03-05T14:00+05:30'), '2027-03-04T20:00+05:30');
    assert.equal(chart('2027-03-05T14:01+05:30'), '2027-03-05T04:01+05:30');
    assert.equal(openings([train], now)[0]?.chartAt, null);
  });
});

describe('the order to buy', () => {
  const legs = [
    leg(0, 'taxi', ['A', 'NDLS'], times),
    leg(1, 'bus', ['NDLS', 'B'], times),
    leg(2, 'flight', ['B', 'C'], times),
    train,
  ].map((each, legIndex) => ({ ...each, legIndex }));
  const order = (now: string) => openings(legs, at(now)).map((opening) => opening.order);
  test('all open: train, flight, bus, taxi', () =>
    assert.deepEqual(order('2027-02-01T12:00+05:30'), [4, 3, 2, 1]));
  test('what is not open yet comes when it opens', () => {
    assert.deepEqual(order('2026-12-01T12:00+05:30'), [3, 2, 1, 4]);
    assert.equal(openings(legs, at('2026-12-01T12:00+05:30'))[3]?.reason, 'OPENS_FIRST');
  });
});

describe('what is lost by cancelling', () => {
  const paid = (more: Partial<PaidLeg> = {}): PaidLeg => ({
    ...train,
    paidMinor: 180_000,
    passengers: 2,
    ...more,
  });
  const lost = (before: string, leg_: PaidLeg = paid()) => exposures([leg_], at(before))[0];
  test('the slabs of April 2026, each to the minute', () => {
    assert.equal(lost('2027-03-02T21:14+05:30')?.lostMinor, 24_000); // ₹120 each in sleeper
    assert.equal(lost('2027-03-02T21:15+05:30')?.lostMinor, 45_000);
    assert.equal(lost('2027-03-04T21:15+05:30')?.lostMinor, 90_000);
    assert.equal(lost('2027-03-05T13:15+05:30')?.lostMinor, 180_000);
    assert.equal(lost('2027-03-06T00:00+05:30')?.lostMinor, 180_000);
  });
  test('names the next cliff', () => {
    const found = lost('2027-03-01T00:00+05:30');
    assert.deepEqual(found?.nextCliff, { at: '2027-03-02T21:15+05:30', lostMinor: 45_000 });
    assert.equal(found?.text, 'Cancelling now loses ₹240; from Tue 2 Mar, 21:15, ₹450.');
    assert.equal(lost('2027-03-05T14:00+05:30')?.nextCliff, null);
  });
  test('Vande Bharat Sleeper and Amrit Bharat have harder rules', () => {
    const hard = leg(0, 'train', ['HWH', 'KYQ'], times, { train: 'Vande Bharat Sleeper', fareClass: '3A' });
    assert.equal(lost('2027-02-01T00:00+05:30', paid(hard))?.lostMinor, 45_000);
    assert.equal(lost('2027-03-03T00:00+05:30', paid(hard))?.lostMinor, 90_000);
  });
  test('a class that is not known counts with the dearest flat charge; never more than was paid', () => {
    assert.equal(lost('2027-02-01T00:00+05:30', paid({ fareClass: null }))?.lostMinor, 48_000);
    assert.equal(lost('2027-02-01T00:00+05:30', paid({ paidMinor: 10_000 }))?.lostMinor, 10_000);
  });
  test('of a flight or bus nothing is promised', () => {
    const found = lost('2027-02-01T00:00+05:30', paid(leg(0, 'flight', ['DEL', 'BLR'], times)));
    assert.equal(found?.refundKnown, false);
    assert.equal(found?.lostMinor, 180_000);
  });
});

describe('tickets to link', () => {
  const first = leg(0, 'train', ['NDLS', 'BPL'], ['2027-03-05T08:00+05:30', '2027-03-05T18:00+05:30']);
  const second = (from: string, departure: string) =>
    leg(2, 'train', [from, 'SBC'], [departure, '2027-03-20T08:00+05:30']);
  const count = (from: string, departure: string) => linkableTickets([first, second(from, departure)]).length;
  test('trains that follow each other at one station within 1 minute to 5 days', () => {
    assert.equal(count('BPL', '2027-03-05T18:00+05:30'), 0);
    assert.equal(count('BPL', '2027-03-05T18:01+05:30'), 1);
    assert.equal(count('BPL', '2027-03-10T18:00+05:30'), 1);
    assert.equal(count('BPL', '2027-03-10T18:01+05:30'), 0);
  });
  test('not at another station of the city', () => assert.equal(count('HBJ', '2027-03-05T20:00+05:30'), 0));
});
