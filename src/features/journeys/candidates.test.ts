/** What the choice is told of a route beside its price and time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idleMinutes, loops } from './candidates.ts';
import type { Leg } from './contract.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 11, 1) + minute * 60_000).toISOString();
const leg = (
  mode: Leg['mode'],
  [from, departure]: readonly [string, number],
  [to, arrival]: readonly [string, number],
  more: Partial<Leg> = {},
): Leg =>
  ({
    mode,
    from: { name: from, city: from },
    to: { name: to, city: to },
    departure: at(departure),
    arrival: at(arrival),
    durationMinutes: arrival - departure,
    line: { id: mode },
    run: ['walk', 'auto', 'taxi'].includes(mode) ? null : { id: 'x', serviceDate: '2026-12-01' },
    bufferMinutes: 20,
    ...more,
  }) as unknown as Leg;

test('who flies from Delhi by Ahmedabad and Delhi goes in a loop; who visits Ahmedabad does not', () => {
  const there = leg('flight', ['Delhi', 0], ['Ahmedabad', 100]);
  const back = leg('flight', ['Ahmedabad', 600], ['Delhi', 700]);
  const on = leg('flight', ['Delhi', 900], ['Manali', 960]);
  assert.equal(loops([there, back, on]), true);
  assert.equal(loops([there, { ...back, stayMinutes: 240 }, on]), false);
  assert.equal(loops([there, leg('train', ['Ahmedabad', 600], ['Pune', 1200])]), false);
});

test('a metro is not left to ride it back; to change lines is no loop', () => {
  const ride = (line: string, from: string, to: string) =>
    leg('metro', [from, 0], [to, 10], { line: { id: line } as unknown as NonNullable<Leg['line']> });
  assert.equal(loops([ride('blue', 'Central', 'High Court'), ride('blue', 'High Court', 'Airport')]), true);
  assert.equal(loops([ride('green', 'Egmore', 'Central'), ride('blue', 'Central', 'Airport')]), false);
});

test('the wait for the first long ride counts from where a metro led, ways and boarding taken off', () => {
  const bus = leg('bus', ['Delhi', 300], ['Shimla', 900]);
  const metro = leg('metro', ['Delhi', 0], ['Delhi', 20]);
  const walk = leg('walk', ['Delhi', 20], ['Delhi', 30]);
  assert.equal(idleMinutes([metro, walk, bus]), 300 - 20 - 10 - 20);
  assert.equal(
    idleMinutes([leg('auto', ['Delhi', 0], ['Delhi', 20]), bus]),
    0,
    'nobody calls an auto so early',
  );
  assert.equal(idleMinutes([metro]), 0);
});
