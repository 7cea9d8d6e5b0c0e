/** Names of a feed that would run, hide, turn or stretch: the page shows them as text and nothing else happens. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { connect } from '../../src/database/connect.ts';
import { importNetwork } from '../../src/features/networks/index.ts';
import { epochMinuteOf } from '../../src/units/time.ts';
import { folderFeed, lines } from '../support/gtfsFeed.ts';
import { openBrowser, withoutChromium } from './browser.ts';
import { axeViolations, logOf, overflow } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';

const RUNS = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
/** What is written in the feed, and what the page shows of it. */
const names = [
  [`Aaa ${RUNS}`, `Aaa ${RUNS}`],
  ['Bbb \u202Egnp.exe', 'Bbb gnp.exe'],
  [`Ccc ${'W'.repeat(10_240)}`, `Ccc ${'W'.repeat(195)}…`],
  ["Ddd =cmd|' /C calc'!A0", "Ddd =cmd|' /C calc'!A0"],
  ['Eee नई दिल्ली สถานี', 'Eee नई दिल्ली สถานี'],
] as const;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function activateFeed(ownerUrl: string): Promise<void> {
  const today = new Date();
  const year = today.getFullYear();
  const feed = await folderFeed({
    'agency.txt': lines(
      'agency_id,agency_name,agency_url,agency_timezone',
      `A,${quoted(RUNS)},https://x.in,Asia/Kolkata`,
    ),
    'stops.txt': lines(
      'stop_id,stop_name,stop_lat,stop_lon',
      ...names.map(([name], at) => `S${at},${quoted(name)},${20 + at},75`),
    ),
    'routes.txt': lines(
      'route_id,agency_id,route_short_name,route_long_name,route_type',
      `R,A,1,${quoted(RUNS)},2`,
    ),
    'calendar.txt': lines(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      `D,1,1,1,1,1,1,1,${year}0101,${year + 1}1231`,
    ),
    'trips.txt': lines('route_id,service_id,trip_id,trip_headsign', `R,D,T,${quoted(RUNS)}`),
    'stop_times.txt': lines(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      ...names.map((_, at) => `T,${10 + 2 * at}:00:00,${10 + 2 * at}:05:00,S${at},${at}`),
    ),
  });
  const service = await connect({ ownerUrl, role: 'rs_service', max: 2 });
  try {
    await importNetwork(service, {
      sources: [feed.location],
      name: RUNS,
      activate: true,
      now: epochMinuteOf(today.getTime()),
    });
  } finally {
    await service.close();
    await feed.remove();
  }
}

let server: RunningServer;
let browser: Browser;
describe('hostile names on the page', { skip: withoutChromium, timeout: 300_000 }, () => {
  before(async () => {
    server = await startServer();
    await activateFeed(server.ownerUrl);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  for (const width of [360, 1280])
    test(`suggested, searched and shown, ${width} px`, async () => {
      const context = await browser.newContext({
        serviceWorkers: 'block',
        locale: 'en-IN',
        viewport: { width, height: 800 },
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const log = logOf(page, server.origin);
      page.on('dialog', () => assert.fail('a name opened a dialog'));
      await networkOf(server.origin);
      for (const [at, [, shown]] of names.entries()) {
        const next = names[at + 1];
        if (!next) break;
        await page.goto(server.origin);
        const title = await page.title();
        await page.locator('input[name=origin]').fill(shown.slice(0, 3));
        const option = page.getByRole('option').first();
        await option.waitFor();
        assert.ok((await option.textContent())?.includes(shown), (await option.textContent()) ?? '');
        const query = new URLSearchParams({ origin: shown, destination: next[1], modes: 'train' });
        await page.goto(`${server.origin}/?${query.toString()}`);
        await page
          .locator('main')
          .getByText(next[1].slice(0, 60))
          .filter({ visible: true })
          .first()
          .waitFor();
        assert.equal(await page.locator('main img[src=x], main script').count(), 0);
        assert.notEqual(await page.title(), '1');
        assert.notEqual(title, '1');
        assert.ok((await overflow(page)) <= 0, `no horizontal scroll with ${shown.slice(0, 20)}`);
        assert.deepEqual(await axeViolations(page), []);
        assert.doesNotMatch(await page.locator('body').innerText(), /[\u202A-\u202E\u2066-\u2069]/);
      }
      assert.deepEqual(log.foreign, []);
      assert.deepEqual(log.errors, []);
      await context.close();
    });
});

/** The server swaps when it is told of the new network; asked until it has. */
async function networkOf(origin: string): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const { places } = (await (await fetch(`${origin}/api/v1/places?q=Bbb`)).json()) as { places: unknown[] };
    if (places.length > 0) return;
    await sleep(100);
  }
  assert.fail('the server never took the network');
}
