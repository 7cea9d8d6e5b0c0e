import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Network, NetworkNotice } from '../features/networks/index.ts';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { type FeedFiles, folderFeed, smallFeed, type TemporaryFeed } from '../../test/support/gtfsFeed.ts';
import { commands } from './registry.ts';
import { runCommandLine } from './run.ts';

const lastYear = new Date().getFullYear() - 1;
const files: FeedFiles = {
  ...smallFeed,
  'calendar.txt': smallFeed['calendar.txt'].replace('20260101,20261231', `${lastYear}0101,${lastYear}0630`),
  'trips.txt': `${smallFeed['trips.txt']}R9,D,T3,x\n`,
  'feed_info.txt': `feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date\nData Office,https://rail.example/,en,${lastYear}0101\n`,
  'attributions.txt': 'organization_name,is_operator,attribution_url\nAlpha Rail,1,https://alpha.example/\n',
};

let database: TestDatabase;
let feed: TemporaryFeed;
before(async () => {
  [database, feed] = await Promise.all([testDatabase(), folderFeed(files)]);
});
after(() => Promise.all([database.drop(), feed.remove()]));

const network = (...argv: string[]) => run('network', ...argv);

async function run(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  const stream = (name: 'out' | 'error') => ({
    write: (text: string | Uint8Array): boolean => {
      written[name] += String(text);
      return true;
    },
  });
  const code = await runCommandLine(argv, commands, {
    version: '0',
    terminal: { stdout: stream('out'), stderr: stream('error') },
    env: { ...process.env, DATABASE_URL: database.ownerUrl },
  });
  return { code, ...written };
}

test('network import, list, show, notices, activate and remove, as an operator types them', async () => {
  assert.match((await network('list')).out, /No network is stored/);

  const ended = await network('import', feed.location, '--activate');
  assert.deepEqual([ended.code, /--roll-calendar/.test(ended.error), ended.out], [1, true, '']);
  const lossy = await network('import', feed.location, '--activate', '--roll-calendar');
  assert.deepEqual([lossy.code, /1 of 3 trips/.test(lossy.error)], [1, true]);
  const imported = await network('import', feed.location, '--roll-calendar', '--name', 'Small', '--json');
  assert.equal(imported.code, 0, imported.error);
  const { id, rolled } = JSON.parse(imported.out) as Network;
  assert.ok(rolled);

  assert.match((await network('list')).out, new RegExp(`${id} +Small +rolled`));
  const shown = await network('show', id);
  assert.match(shown.out, /1 errors, 1 warnings/);
  assert.match(shown.out, /published by Data Office https:\/\/rail.example\/, vouches for \d{4}-01-01 – …\n/);
  assert.match(shown.out, /credit Alpha Rail \(operator\) https:\/\/alpha.example\/\n/);
  const [listed] = JSON.parse((await network('list', '--json')).out) as Network[];
  assert.equal(listed!.feeds[0]!.credits![0]!.organization, 'Alpha Rail');
  assert.match(shown.out, /NOTE +the timetable of .* ended on \d{4}-06-30: its busiest week is repeated/);
  const notices = await network('notices', id, '--severity', 'error', '--json');
  assert.deepEqual(
    (JSON.parse(notices.out) as NetworkNotice[]).map(({ code, row }) => [code, row]),
    [['UNKNOWN_REFERENCE', 4]],
  );
  assert.match((await network('notices', id)).out, /trips.txt:4 +route_id=R9/);

  assert.equal((await network('activate', id)).code, 1);
  assert.deepEqual(await network('activate', id, '--force'), {
    code: 0,
    out: '"Small" is active (version 1).\n',
    error: '',
  });
  const data = await run('data');
  assert.match(data.out, /\n\S+, by Alpha Rail\n +published by Data Office .*\n +credit Alpha Rail/);
  const { feeds } = JSON.parse((await run('data', '--json')).out) as { feeds: Record<string, unknown>[] };
  assert.deepEqual([feeds[0]!['url'], 'source' in feeds[0]!], ['https://rail.example/', false]);
  const kept = await network('remove', id);
  assert.deepEqual([kept.code, /is active/.test(kept.error)], [1, true]);
});

test('network commands refuse bad usage with 2 and unknown ids with 1', async () => {
  const wrong: [string[], number, RegExp][] = [
    [['import'], 2, /FEED is missing/],
    [['import', 'x.zip', '--name', ''], 2, /--name must have/],
    [['import', '/nowhere.zip'], 1, /no file or folder/],
    [['show', 'nope'], 1, /no network nope/],
    [['notices', 'nope', '--severity', 'loud'], 2, /--severity must be/],
    [['activate', 'nope'], 1, /no network nope/],
    [['remove', 'nope'], 1, /no network nope/],
    [['paint'], 2, /"paint" is not a command of network/],
  ];
  for (const [argv, code, message] of wrong) {
    const answer = await network(...argv);
    assert.equal(answer.code, code, answer.error);
    assert.match(answer.error, message);
  }
});
