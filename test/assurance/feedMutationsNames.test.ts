/**
 * Names of a feed reach terminals, JSON and the search for places: what could forge a line, hide or turn text is
 * gone by then, what is only ugly (`<script>`, `=cmd`) is there as it was written, and Indic scripts are whole.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OpenAPIHono } from '@hono/zod-openapi';
import { commands } from '../../src/cli/registry.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import { importNetwork, loadActiveNetwork, networkNotices } from '../../src/features/networks/index.ts';
import { placesResponseSchema } from '../../src/features/places/contract.ts';
import { PlaceIndex, readGazetteer } from '../../src/features/places/index.ts';
import { addPlaceRoutes } from '../../src/features/places/routes.ts';
import { asEpochMinute } from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type FeedFiles, folderFeed, lines, type TemporaryFeed } from '../support/gtfsFeed.ts';

const RED = '\u001B[31m';
const cases: readonly (readonly [given: string, kept: string])[] = [
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ["=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"],
  ['@SUM(1+1)*cmd', '@SUM(1+1)*cmd'],
  ['Pune\u202Egpj.exe', 'Punegpj.exe'],
  ['\u2066Pune\u2069 Road', 'Pune Road'],
  ['\u200FPune Left', 'Pune Left'],
  [`${RED}Red Fort\u001B[0m`, '[31mRed Fort[0m'],
  ['\u009B2JSweep', '2JSweep'],
  ['\u001B]0;title\u0007Bell', ']0;titleBell'],
  ['"Two\nLines\r\nEnd"', 'Two Lines End'],
  ['Tab\tStop', 'Tab Stop'],
  ['Zero\u200BWidth', 'ZeroWidth'],
  ['Soft\u00ADhyphen', 'Softhyphen'],
  ['Para\u2029graph', 'Para graph'],
  ['Private\uE000use', 'Privateuse'],
  ['Tag\u{E0041}ged', 'Tagged'],
  ['श्री\u200Dराम', 'श्री\u200Dराम'],
  ['ക്\u200Dഷ', 'ക്\u200Dഷ'],
  ['नई दिल्ली', 'नई दिल्ली'],
  ['சென்னை', 'சென்னை'],
  ['N'.repeat(10_240), `${'N'.repeat(199)}…`],
  [`Z${'\u0301'.repeat(10_000)}`, `Z${'\u0301'.repeat(198)}…`],
  ['😀'.repeat(5000), `${'😀'.repeat(99)}…`],
];
const stopId = (index: number): string => `N${index}`;
const HARMFUL = /(?!\u200C|\u200D|\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

const year = new Date().getFullYear();
const files: FeedFiles = {
  'agency.txt': lines(
    'agency_id,agency_name,agency_url,agency_timezone',
    `A,${RED}Rail\u202Eways,https://x.example,Asia/Kolkata`,
  ),
  'stops.txt': lines(
    'stop_id,stop_name,stop_lat,stop_lon',
    ...cases.map(([name], i) => `${stopId(i)},${name},${(20 + i / 10).toFixed(1)},75`),
  ),
  'routes.txt': lines(
    'route_id,agency_id,route_short_name,route_long_name,route_type',
    `R,A,${RED}12001,\u202EExpress,2`,
  ),
  'calendar.txt': lines(
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
    `D,1,1,1,1,1,1,1,${year}0101,${year + 1}1231`,
  ),
  'trips.txt': lines('route_id,service_id,trip_id,trip_headsign', `R,D,T,\u001B[2JNowhere`),
  'stop_times.txt': lines(
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    ...cases.map((_, i) => {
      const time = `${String(6 + Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}:00`;
      return `T,${time},${time},${stopId(i)},${i}`;
    }),
  ),
};

let database: TestDatabase;
let feed: TemporaryFeed;
before(async () => {
  [database, feed] = await Promise.all([testDatabase(), folderFeed(files)]);
});
after(async () => {
  await feed.remove();
  await database.drop();
});

async function command(...argv: string[]): Promise<string> {
  let [out, error] = ['', ''];
  const code = await runCommandLine(argv, commands, {
    version: '0',
    terminal: {
      stdout: { write: (text: string | Uint8Array) => ((out += String(text)), true) },
      stderr: { write: (text: string | Uint8Array) => ((error += String(text)), true) },
    },
    env: { ...process.env, DATABASE_URL: database.ownerUrl },
  });
  assert.equal(code, 0, error);
  assert.doesNotMatch(out + error, HARMFUL);
  return out;
}

test('a journey as text and as JSON', async () => {
  const journey = ['plan', '--gtfs', feed.location, '--depart', `${year}-06-01T05:00`];
  for (let stop = 1; stop < cases.length; stop++) {
    const ends = ['--from', stopId(stop - 1), '--to', stopId(stop)];
    const text = await command(...journey, ...ends);
    assert.ok(text.includes(`${cases[stop - 1]![1]} (${stopId(stop - 1)}) → ${cases[stop]![1]}`), text);
    assert.equal(text.trimEnd().split('\n').length, 3, 'title, head and one leg');
    if (stop > 3) continue;
    const { journeys } = JSON.parse(await command(...journey, ...ends, '--json')) as { journeys: unknown[] };
    assert.equal(journeys.length, 1);
  }
});

test('import, show and notices as text and as JSON; one notice for each name that was changed', async () => {
  const { id } = JSON.parse(await command('network', 'import', feed.location, '--json')) as { id: string };
  assert.match(await command('network', 'show', id), /\[31mRailways/);
  for (const further of [[], ['--json']]) await command('network', 'notices', id, ...further);
  const notices = await networkNotices(database.service, id, {});
  const told = notices.flatMap(({ code, file, row }) =>
    file === 'stops.txt' && row !== null ? [`${code} ${row}`] : [],
  );
  let line = 2;
  const expected = cases.flatMap(([given, kept]) => {
    const at = line;
    line += given.startsWith('"') ? 3 : 1;
    if (given === kept) return [];
    return [`${kept.endsWith('…') ? 'NAME_CUT' : 'NAME_CLEANED'} ${at}`];
  });
  assert.deepEqual(told.toSorted(), expected.toSorted());
});

test('places by the interface', async () => {
  await importNetwork(database.service, {
    sources: [feed.location],
    activate: true,
    now: asEpochMinute(Math.floor(Date.now() / 60_000)),
  });
  const { image } = await loadActiveNetwork(database.app);
  const index = new PlaceIndex(readGazetteer(), image);
  const app = new OpenAPIHono();
  addPlaceRoutes(app, () => index);
  for (const [, kept] of cases) {
    const query = kept.slice(0, 40).replace(/[\uD800-\uDBFF]$/, '');
    const response = await app.request(`/api/v1/places?q=${encodeURIComponent(query)}`);
    assert.equal(response.headers.get('content-type'), 'application/json');
    const body = await response.text();
    assert.doesNotMatch(body, HARMFUL);
    if (response.status === 200) placesResponseSchema.parse(JSON.parse(body));
    else assert.equal(response.status, 400);
  }
  const names = index.places.map(({ place }) => place.name);
  for (const [, kept] of cases) assert.ok(names.includes(kept), kept);
  for (const name of names) assert.doesNotMatch(name, HARMFUL);
});
