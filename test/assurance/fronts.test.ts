/**
 * Fronts equal those of the exhaustive search on invented countries of 20 to 60 stops: a few hundred in `npm test`,
 * thousands in `npm run assurance fronts`. A failure names the seed of its world.
 */
import { test } from 'node:test';
import {
  pricedFronts,
  rangeFronts,
  relaxedFronts,
  ticketFronts,
  viaDepartures,
  viaFronts,
} from '../properties/frontChecks.ts';
import { sized } from './sizes.ts';

test('by arrival, rides and price', () => pricedFronts(1, sized(400, 3000)));

test('relaxed: no later, no more rides, and dearer by no more than is stated', () =>
  relaxedFronts(1, sized(150, 1000)));

test('by departure, arrival and rides', () => rangeFronts(1, sized(120, 2000)));

test('with tickets that run on, steps, charges per boarding and quiet hours', () =>
  ticketFronts(1, sized(100, 2000)));

test('with stop-overs, priced and by time alone', () => viaFronts(1, sized(40, 1000)));

test('with stop-overs and tickets', () => viaFronts(1, sized(20, 500), true));

test('departures of a window, and the last ones, over stop-overs', () => viaDepartures(1, sized(20, 300)));
