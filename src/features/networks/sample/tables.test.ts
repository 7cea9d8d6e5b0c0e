import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Router } from '../../../engine/routing/router.ts';
import { allModes, modeMask } from '../../../engine/timetable/modes.ts';
import type { NetworkImage } from '../../../engine/timetable/image.ts';
import { AppError } from '../../../errors.ts';
import { type EpochDay, instantOf, parseDate } from '../../../units/time.ts';
import { dataFolder } from '../../rule-tables/index.ts';
import { compileSample } from './ensure.ts';
import { readCalls, readDays, readDepartures, readSampleTables } from './tables.ts';

const today = parseDate('2026-03-04') as EpochDay;

describe('notations of the sample tables', () => {
  test('calls: days roll over at smaller times, within a call too', () => {
    assert.deepEqual(readCalls('NDLS 16:55 > CNB 21:30/21:35 > GAYA 23:50/00:05 > DHN 01:00 > HWH 04:55'), [
      { code: 'NDLS', arrival: 1015, departure: 1015 },
      { code: 'CNB', arrival: 1290, departure: 1295 },
      { code: 'GAYA', arrival: 1430, departure: 1445 },
      { code: 'DHN', arrival: 1500, departure: 1502 },
      { code: 'HWH', arrival: 1735, departure: 1735 },
    ]);
    assert.equal(readCalls('A 08:00 > B 07:00 > C 06:00')?.at(-1)?.arrival, 2 * 1440 + 360, 'two nights');
    for (const wrong of ['NDLS 16:55', 'NDLS 16:55 > CNB', 'NDLS 25:00 > CNB 08:00', 'NDLS 16:55 > CNB 8:00'])
      assert.equal(readCalls(wrong), null, wrong);
  });

  test('days', () => {
    assert.equal(readDays('daily'), 127);
    assert.equal(readDays('Mon Wed Sun'), 0b1000101);
    assert.equal(readDays('Mon Wensday'), null);
  });

  test('departures: lists and regular intervals, both ends included', () => {
    assert.deepEqual(readDepartures('06:00;22:30'), [360, 1350]);
    assert.deepEqual(readDepartures('every 60 05:00-07:30'), [300, 360, 420]);
    for (const wrong of ['every 0 05:00-07:30', 'every 60 08:00-07:00', '6am'])
      assert.equal(readDepartures(wrong), null, wrong);
  });
});

const refused = (pattern: RegExp) => (error: unknown) =>
  error instanceof AppError && error.code === 'CONFIGURATION' && pattern.test(error.message);

describe('compileSample', () => {
  const { image, network, stopNames } = compileSample(today);
  const router = new Router(image);
  const at = (clock: number): number => image.timelineAt(instantOf(today, clock, 'Asia/Kolkata'));
  const journeys = (from: string, to: string, modes = allModes) =>
    router.earliestArrivals({
      access: [{ stop: image.findStop(from)!, minutes: 0 }],
      egress: [{ stop: image.findStop(to)!, minutes: 0 }],
      time: at(6 * 60),
      maxRides: 5,
      changeMinutes: 20,
      modes,
      links: true,
    });

  test('is a year long from today and says that it is a sample', () => {
    assert.deepEqual(
      [network.sample, network.rolled, network.validFrom, network.validTo],
      [true, false, '2026-03-04', '2027-03-03'],
    );
    assert.match(network.name, /approximate times/);
    assert.equal(network.feeds[0]!.hash!.length, 64);
  });

  test('every metro station is known by its Hindi name too', () => {
    const { metroStations } = readSampleTables();
    assert.equal(stopNames.size, metroStations.length);
    for (const [code, names] of stopNames) assert.match(names[0]!, /^[\u0900-\u097F]/, code);
    for (const { code } of metroStations) assert.ok(image.findStop(code) !== undefined, code);
  });

  test('holds every row of its tables', () => {
    const { trains, flights, buses, metroLines } = readSampleTables();
    const numbers = new Set(allRuns(image).map(({ number }) => number));
    for (const { number } of trains) assert.ok(numbers.has(number), `train ${number}`);
    const ids = allRuns(image).map(({ id }) => id);
    const flown = flights.reduce((sum, row) => sum + row.flights.length, 0);
    assert.equal(ids.filter((id) => id.startsWith('flight-')).length, flown);
    const driven = buses.reduce((sum, row) => sum + row.departures.length * (row.oneway === '' ? 2 : 1), 0);
    assert.equal(ids.filter((id) => id.startsWith('bus-')).length, driven);
    const metro = metroLines.reduce(
      (sum, row) => sum + 2 * (Math.floor((row.last - row.first) / row.headway) + 1),
      0,
    );
    assert.equal(ids.filter((id) => id.startsWith('metro-')).length, metro);
  });

  test('carries travellers by train, flight, bus and metro', () => {
    assert.ok(journeys('NDLS', 'HWH', modeMask(['train'])).length > 0);
    const [flight] = journeys('AIR-DEL', 'AIR-BLR', modeMask(['flight'])).toReversed();
    assert.equal(flight!.legs.length, 1);
    assert.ok(flight!.arrival - flight!.departure < 240);
    assert.ok(journeys('BS-DELHI-KASHMERE', 'BS-JAIPUR-SINDHICAMP', modeMask(['bus'])).length > 0);
    const [metro] = journeys('M-DEL-RITHALA', 'M-DEL-SHAHEEDSTHAL', modeMask(['metro']));
    assert.equal(image.run((metro!.legs[0] as { run: number }).run).headway, 5);
  });

  test('links stations of a city by road', () => {
    const [onlyLink] = journeys('NDLS', 'NZM', 0);
    assert.equal(onlyLink!.legs[0]!.kind, 'link');
  });

  test('names the file and row of a wrong edit', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'routestitch-sample-'));
    cpSync(dataFolder, folder, { recursive: true });
    const edit = (file: string, from: RegExp, to: string): void => {
      const text = readFileSync(path.join(dataFolder, file), 'utf8');
      assert.match(text, from);
      writeFileSync(path.join(folder, file), text.replace(from, to));
    };
    edit('sample/trains.csv', / > /, ' >> ');
    assert.throws(() => compileSample(today, folder), refused(/trains\.csv, row 2: calls/));
    edit('sample/trains.csv', /NDLS (\d)/, 'NOWHERE $1');
    assert.throws(() => compileSample(today, folder), refused(/station NOWHERE, which .*hubs\.csv lacks/));
    rmSync(folder, { recursive: true });
  });
});

const allRuns = (image: NetworkImage) => Array.from({ length: image.runCount }, (_, run) => image.run(run));
