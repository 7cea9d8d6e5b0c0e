/** The timetable of Indian Railways, where it lies beside the checkout: it says itself what kind of train each is. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readFeed } from '../../gtfs/readFeed.ts';
import { fold } from '../places/index.ts';
import { tables } from './exampleRide.ts';
import { trainOf } from './rail.ts';

const feeds =
  process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../../shared/data');
const zip = path.join(feeds, 'in-rail-2025.zip');

/** The type that belongs to each kind of the feed; Mail, Express and superfast trains bear many names. */
const expected: Readonly<Record<string, string>> = {
  RAJ: 'rajdhani',
  SHT: 'shatabdi',
  JSH: 'jan_shatabdi',
  DRNT: 'duronto',
  GBR: 'garib_rath',
  TEJ: 'tejas',
  VNDB: 'vande_bharat',
  AMTB: 'amrit_bharat',
  SUB: 'ordinary',
  EMU: 'ordinary',
  MEMU: 'ordinary',
  DMU: 'ordinary',
  PAS: 'ordinary',
};

test(
  'trains of a real timetable are told apart by name and number as it tells them apart itself',
  { skip: existsSync(zip) ? false : 'no in-rail-2025.zip in ROUTESTITCH_FEEDS' },
  async (t) => {
    const { feed } = await readFeed(zip);
    const wrong: string[] = [];
    let known = 0;
    for (const { route, shortName } of feed.trips) {
      const type = expected[shortName];
      const line = feed.routes[route];
      if (type === undefined || !line) continue;
      known++;
      const train = { line: fold(`${line.shortName} ${line.longName}`), number: line.shortName };
      const date = '2026-11-25';
      assert.equal(trainOf(tables, { ...train, kind: shortName }, date)?.type, type, line.shortName);
      const guess = trainOf(tables, train, date)?.type;
      if (guess !== type) wrong.push(`${shortName} ${line.shortName} ${line.longName}: ${guess}`);
    }
    t.diagnostic(
      `${known} trains, ${wrong.length} told apart wrongly by name and number alone: ${wrong.join(', ')}`,
    );
    assert.ok(known > 5000 && wrong.length / known < 0.005, wrong.join('\n'));
  },
);
