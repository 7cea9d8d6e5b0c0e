/** A feed that has no time at a stop: a leg from or to it says so, and every other leg does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTimetable } from '../../engine/timetable/compile.ts';
import { buildTimetable } from '../../gtfs/buildTimetable.ts';
import { readFeed } from '../../gtfs/readFeed.ts';
import { type FeedFiles, lines, smallFeed, withFeed } from '../../../test/support/gtfsFeed.ts';
import type { SearchId } from '../../units/ids.ts';
import { asEpochDay, instantOf, parseDate } from '../../units/time.ts';
import { PlaceIndex, readGazetteer } from '../places/index.ts';
import { searchRequestSchema, type SearchResponse } from './contract.ts';
import { createPlanner, searchJourneys } from './index.ts';

const MARCH = parseDate('2026-03-02')!;

/** The first train has no time at Beta; the second has one everywhere. */
const untimed: FeedFiles = {
  ...smallFeed,
  'stop_times.txt': lines(
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    'T1,08:00:00,08:00:00,A,1',
    'T1,,,B,2',
    'T1,10:00:00,10:00:00,C,3',
    'T2,13:00:00,13:00:00,A,1',
    'T2,14:10:00,14:12:00,B,2',
    'T2,15:10:00,15:10:00,C,3',
  ),
};

async function searched(from: string, to: string): Promise<SearchResponse> {
  const read = await withFeed(untimed, (location) => readFeed(location, { name: 'f' }));
  const window = { firstDay: MARCH, dayCount: 10 };
  const { input } = buildTimetable([read], { window, untimed: 'interpolate' });
  const image = compileTimetable(input);
  const note = {
    id: 'x',
    name: 'x',
    sample: false,
    rolled: false,
    validFrom: '2026-03-02',
    validTo: '2026-03-11',
  };
  const planner = createPlanner(image, new PlaceIndex(readGazetteer(), image), note);
  return searchJourneys(
    planner,
    searchRequestSchema.parse({ origin: from, destination: to, date: '2026-03-03' }),
    {
      searchId: 'test' as SearchId,
      now: instantOf(asEpochDay(MARCH), 0, 'Asia/Kolkata') * 60_000,
    },
  );
}

/** Departure of each ride, and whether its leg calls its times estimates. */
const rides = ({ routes }: SearchResponse): string[] =>
  routes
    .flatMap(({ legs }) => legs.filter(({ run }) => run))
    .map(({ departure, estimatedTimes }) => `${departure.slice(11, 16)} ${estimatedTimes ?? false}`)
    .toSorted();

test('a leg says that its time was estimated, and the answer that some were', async () => {
  const [half, whole] = [await searched('Alpha', 'Beta'), await searched('Alpha', 'Gamma')];
  assert.deepEqual(rides(half), ['08:00 true', '13:00 false']);
  assert.deepEqual(rides(whole), ['08:00 false', '13:00 false']);
  const told = ({ notes }: SearchResponse) => notes.some(({ code }) => code === 'ESTIMATED_TIMES');
  assert.deepEqual([told(half), told(whole)], [true, false]);
});
