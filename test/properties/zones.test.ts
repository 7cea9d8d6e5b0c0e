/**
 * F17: service days and times against an oracle that shares nothing with ours, PostgreSQL and its own zone database:
 * 10,000 random service times in each of five zones, half of them around the days on which clocks change.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import {
  asEpochDay,
  asEpochMinute,
  formatInstant,
  instantOf,
  serviceDayStart,
  wallClockAt,
} from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { withFeed } from '../support/gtfsFeed.ts';
import { zonedFeed } from '../support/zonedFeed.ts';

const PER_ZONE = 10_000;
const zones = [
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe', // moves by half an hour
  'Africa/Casablanca', // back in Ramadan, which moves
];
/** Days since 1970: zone databases differ on the future, which governments change. */
const [FIRST_DAY, LAST_DAY] = [Date.UTC(2010, 0, 1) / 86_400_000, Date.UTC(2025, 11, 31) / 86_400_000];
const LONGEST_MINUTES = 100 * 60;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

function numbers(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

suite('F17', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
  });
  after(() => db.drop());

  const changes = async (zone: string): Promise<number[]> => {
    const { rows } = await db.service.query<{ day: number }>({
      text: `WITH days AS (
               SELECT d, (date '1970-01-01' + d + time '12:00') AT TIME ZONE $1 - ((date '1970-01-01' + d + time '12:00') AT TIME ZONE 'UTC') AS ahead
               FROM generate_series($2::int, $3::int) AS d)
             SELECT d AS day FROM (SELECT d, ahead <> lag(ahead) OVER (ORDER BY d) AS changed FROM days) AS seen WHERE changed`,
      values: [zone, FIRST_DAY, LAST_DAY],
    });
    return rows.map(({ day }) => day);
  };

  for (const zone of zones)
    test(`${PER_ZONE} service times in ${zone} are those of the oracle`, async (t) => {
      const random = numbers(seed);
      const near = await changes(zone);
      const days = Array.from({ length: PER_ZONE }, (_, index) =>
        near.length > 0 && index % 2 === 0
          ? near[random(near.length)]! - 2 + random(5)
          : FIRST_DAY + random(LAST_DAY - FIRST_DAY),
      );
      const times = days.map(() => random(LONGEST_MINUTES));
      const { rows } = await db.service.query<{
        instant: number;
        day: number;
        minutes: number;
        midday: number;
      }>({
        text: `SELECT (extract(epoch FROM at) / 60)::int AS instant,
                 (at AT TIME ZONE $1)::date - date '1970-01-01' AS day,
                 (extract(epoch FROM (at AT TIME ZONE $1)::time) / 60)::int AS minutes,
                 (extract(epoch FROM noon) / 60)::int AS midday
               FROM unnest($2::int[], $3::int[]) WITH ORDINALITY AS asked (d, m, n),
                 LATERAL (SELECT (date '1970-01-01' + d + time '12:00') AT TIME ZONE $1 AS noon) AS days,
                 LATERAL (SELECT noon - interval '12 hours' + m * interval '1 minute' AS at) AS instants
               ORDER BY n`,
        values: [zone, days, times],
      });
      let wrong = 0;
      rows.forEach((oracle, index) => {
        const instant = asEpochMinute(serviceDayStart(asEpochDay(days[index]!), zone) + times[index]!);
        const clock = wallClockAt(instant, zone);
        const same =
          instant === oracle.instant &&
          clock.day === oracle.day &&
          clock.minutes === oracle.minutes &&
          instantOf(asEpochDay(days[index]!), 720, zone) === oracle.midday;
        if (!same && wrong++ < 5)
          t.diagnostic(
            `day ${days[index]} + ${times[index]}: ${formatInstant(instant, zone)}, oracle ${JSON.stringify(oracle)}`,
          );
      });
      t.diagnostic(`seed ${seed}, ${near.length} changes of the clock, ${rows.length} compared`);
      assert.deepEqual([rows.length, wrong], [PER_ZONE, 0]);
    });
});

test('F17 what is printed is the same wherever the machine is', () =>
  withFeed(zonedFeed, async (feed) => {
    const printed = (zone: string): string => {
      const run = spawnSync(
        process.execPath,
        [path.join(import.meta.dirname, '../support/zonedOutputs.ts'), feed],
        {
          encoding: 'utf8',
          env: { ...process.env, TZ: zone },
        },
      );
      assert.equal(run.status, 0, run.stderr);
      return run.stdout;
    };
    const utc = printed('UTC');
    assert.ok(utc.length > 1000 && utc.includes('+05:30') && utc.includes('-04:00'), utc.slice(0, 500));
    for (const zone of ['Asia/Kolkata', 'America/New_York']) assert.equal(printed(zone), utc, zone);
  }));
