import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timetable } from '../../../test/engine/support/timetable.ts';
import { compileTimetable } from './compile.ts';
import { openImage, openImageBytes } from './image.ts';
import type { TimetableInput } from './input.ts';
import { ImageError } from './layout.ts';
import { modeMask } from './modes.ts';

const plain = timetable(`
  R1 train: A 08:05, B 08:30/08:35 (set down only), C 33:10
  R2 bus Mon: C 09:00, B 10:00
  R3 bus days 99: A 09:00, B 10:00
  link A C taxi 12
  link B B walk 1
`);
const input: TimetableInput = {
  ...plain,
  stops: plain.stops.map((stop, index) => ({
    ...stop,
    name: ['नई दिल्ली', 'Zürich – Hauptbahnhof, Gleis 7', 'C'][index]!,
    code: ['NDLS', '', '🚂'][index]!,
    parent: index === 1 ? 2 : -1,
  })),
  runs: plain.runs.map((run) => ({ ...run, number: `1${run.line}`, headsign: 'Ende', headway: 7 })),
};
const image = compileTimetable(input);
const runOf = (id: string): number =>
  Array.from({ length: image.runCount }, (_, run) => run).find((run) => image.run(run).id === id)!;

describe('a compiled timetable', () => {
  test('keeps every fact of stops, lines and runs', () => {
    const [a, b, c] = [0, 1, 2];
    assert.deepEqual(
      [a, b, c].map((stop) => [image.stopId(stop), image.stopName(stop), image.stopCode(stop)]),
      [
        ['A', 'नई दिल्ली', 'NDLS'],
        ['B', 'Zürich – Hauptbahnhof, Gleis 7', ''],
        ['C', 'C', '🚂'],
      ],
    );
    assert.deepEqual([image.stopParent(a), image.stopParent(b)], [undefined, 2]);
    assert.deepEqual([image.stopLat(b), image.stopLng(b), image.stopZone(b)], [20.1, 77, 'Asia/Kolkata']);
    assert.deepEqual(image.line(1), {
      id: 'line R2',
      shortName: 'R2',
      longName: '',
      operator: 'Test',
      routeType: 3,
      mode: 1,
      color: '',
    });
    assert.deepEqual(image.run(runOf('R2')), {
      id: 'R2',
      number: '11',
      headsign: 'Ende',
      headway: 7,
      line: 1,
    });
  });

  test('gives the calls of a run', () =>
    assert.deepEqual(image.runCalls(runOf('R1')), [
      { stop: 0, arrival: 485, departure: 485, distance: 0, boarding: true, alighting: false },
      { stop: 1, arrival: 510, departure: 515, distance: 10, boarding: false, alighting: true },
      { stop: 2, arrival: 1990, departure: 1990, distance: 20, boarding: false, alighting: true },
    ]));

  test('finds stops by id', () => {
    for (const id of ['A', 'B', 'C']) assert.equal(image.stopId(image.findStop(id)!), id);
    for (const id of ['', 'AA', 'D', 'a']) assert.equal(image.findStop(id), undefined);
  });

  test('says what calls at a stop and how often', () => {
    assert.deepEqual(
      [0, 1, 2].map((stop) => image.stopModes(stop)),
      [modeMask(['train']), modeMask(['train', 'bus']), modeMask(['train', 'bus'])],
    );
    // R1 on 14 days of 14, R2 on two Mondays; at B R1 only sets down.
    assert.deepEqual(
      [0, 1, 2].map((stop) => image.departuresPerDay(stop)),
      [1, 0, Math.fround(2 / 14)],
    );
  });

  test('leaves out runs that never run and links from a stop to itself', () =>
    assert.deepEqual(image.stats(), {
      bytes: image.buffer.byteLength,
      stops: 3,
      lines: 3,
      runs: 2,
      runsLeftOut: 1,
      patterns: 2,
      stopTimes: 5,
      services: 2,
      links: 1,
      zones: 1,
      activeDays: 14,
      lookBackDays: 2,
    }));

  test('knows days and instants', () => {
    assert.equal(image.isActive(runOf('R2'), 7), true);
    assert.deepEqual(
      [-1, 1, 14].map((day) => image.isActive(runOf('R2'), day)),
      [false, false, false],
    );
    assert.equal(image.dayStart(runOf('R1'), 2), 2 * 1440 - 330);
    assert.equal(image.timelineAt(image.instantAt(77)), 77);
    assert.equal(image.instantAt(0), image.firstDay * 1440);
  });

  test('says when a stop, line or run does not exist', () => {
    assert.throws(() => image.stopName(3), RangeError);
    assert.throws(() => image.line(-1), RangeError);
    assert.throws(() => image.run(2), RangeError);
  });
});

const damaged = (change: (words: Uint32Array, bytes: Uint8Array) => void): SharedArrayBuffer => {
  const copy = new SharedArrayBuffer(image.buffer.byteLength);
  const bytes = new Uint8Array(copy);
  bytes.set(new Uint8Array(image.buffer));
  change(new Uint32Array(copy), bytes);
  return copy;
};

describe('opening an image', () => {
  test('an untouched copy opens', () => assert.equal(openImage(damaged(() => {})).stopCount, 3));

  test('other bytes, another version and a cut copy are told apart', () => {
    assert.throws(() => openImageBytes(new Uint8Array(8)), /too short/);
    assert.throws(() => openImage(damaged((words) => (words[0] = 1))), /not a network image/);
    assert.throws(
      () => openImage(damaged((words) => (words[1] = 999))),
      /version 999.*import the network again/,
    );
    const cut = new Uint8Array(image.buffer).slice(0, image.buffer.byteLength - 8);
    assert.throws(() => openImageBytes(cut), /bytes long/);
  });

  test('sections outside the buffer, of wrong length or with wild offsets are refused', () => {
    assert.throws(() => openImage(damaged((words) => (words[4] = image.buffer.byteLength))), /lies outside/);
    assert.throws(() => openImage(damaged((words) => (words[4] = 12))), /lies outside/);
    assert.throws(() => openImage(damaged((words) => (words[7] = words[7]! - 1))), /wrong length/);
    for (const name of ['patternCalls', 'patternTimes', 'boardings', 'links', 'stringOffset'] as const) {
      const at = (image.views[name].byteOffset + image.views[name].byteLength - 4) / 4;
      assert.throws(() => openImage(damaged((words) => (words[at] = words[at]! + 1))), ImageError, name);
      assert.throws(() => openImage(damaged((words) => (words[at - 1] = 0xfffffff))), ImageError, name);
    }
  });
});
