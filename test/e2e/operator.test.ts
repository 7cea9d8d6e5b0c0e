/** The operator at work: a feed imported where the server runs, its notices read on the page, searches moved to it and back. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import type { Funnel } from '../../src/features/analytics/contract.ts';
import { words as enData } from '../../web/words/en/data.ts';
import { words as enOperator } from '../../web/words/en/operator.ts';
import { words as hiData } from '../../web/words/hi/data.ts';
import { words as hiOperator } from '../../web/words/hi/operator.ts';
import { sized } from '../assurance/sizes.ts';
import { folderFeed, lines } from '../support/gtfsFeed.ts';
import { openBrowser, withoutChromium } from './browser.ts';
import { accountOf, dayAhead, type Look, openContext, pageWords, settled } from './keeping.ts';
import { checkPage, logOf } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';

const root = path.resolve(import.meta.dirname, '../..');
const words = {
  'en-IN': { operator: enOperator, data: enData },
  'hi-IN': { operator: hiOperator, data: hiData },
} as const;
const BOSS = 'boss@example.org';

/** A feed that ended long ago, with a stop that is nowhere: rolled, and not without notices. */
const endedFeed = () =>
  folderFeed({
    'agency.txt': lines(
      'agency_id,agency_name,agency_url,agency_timezone',
      'A,Hill Rail,https://x.in,Asia/Kolkata',
    ),
    'stops.txt': lines(
      'stop_id,stop_name,stop_lat,stop_lon',
      'S1,Upper,30.1,78.1',
      'S2,Lower,29.9,78.0',
      'S3,Nowhere,0,0',
    ),
    'routes.txt': lines(
      'route_id,agency_id,route_short_name,route_long_name,route_type',
      'R,A,1,Hill line,2',
    ),
    'calendar.txt': lines(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      'D,1,1,1,1,1,1,1,20240101,20241231',
    ),
    'trips.txt': lines('route_id,service_id,trip_id', 'R,D,T'),
    'stop_times.txt': lines(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      'T,10:00:00,10:05:00,S1,1',
      'T,12:00:00,12:05:00,S2,2',
    ),
  });

/** As the operator does it: by the command line, into the database of the running server. */
async function importFeed(server: RunningServer, name: string): Promise<void> {
  const feed = await endedFeed();
  try {
    const args = ['src/main.ts', 'network', 'import', feed.location, '--name', name, '--roll-calendar'];
    const env = { ...process.env, DATABASE_URL: server.ownerUrl };
    await promisify(execFile)(process.execPath, args, { cwd: root, env });
  } finally {
    await feed.remove();
  }
}

let server: RunningServer;
let browser: Browser;
const looks = sized<readonly Look[]>(
  [{ width: 360, locale: 'hi-IN' }],
  [
    { width: 360, locale: 'hi-IN' },
    { width: 1280, locale: 'en-IN' },
  ],
);

describe('the operator', { skip: withoutChromium, timeout: 300_000 }, () => {
  before(async () => {
    process.env['ADMIN_EMAILS'] = BOSS;
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const look of looks)
    test(`a feed is imported, its notices are read, searches go to it and back; ${look.width} px, ${look.locale}`, async () => {
      const { operator, data } = words[look.locale];
      const { networks, notices, funnel } = operator;
      const name = `hills-${look.width}`;
      const boss = await accountOf(server, BOSS);
      await boss.call('POST', 'search', { origin: 'Noida', destination: 'Agra', date: dayAhead(9) });
      // Written in a batch.
      const searches = async () => (await boss.call<Funnel>('GET', 'admin/funnel')).searches.searches;
      while ((await searches()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      await importFeed(server, name);
      const context = await openContext(browser, look);
      await boss.enter(context);
      const page = await context.newPage();
      const log = logOf(page, server.origin);
      await page.goto(`${server.origin}/operator`);
      await page.getByText(funnel.stages.booked, { exact: true }).first().waitFor();
      await page.getByRole('heading', { level: 3, name }).waitFor();
      await settled(page);
      await checkPage(page, `operator-${look.width}-${look.locale}`);

      const imported = page
        .getByRole('listitem')
        .filter({ has: page.getByRole('heading', { level: 3, name }) });
      await imported.getByText(networks.never).waitFor();
      await imported.locator('summary').click();
      const table = page.getByRole('region', { name: operator.table(notices.of(name)), exact: true });
      await table
        .getByText(/stops\.txt:4/)
        .first()
        .waitFor();
      await checkPage(page, `operator-notices-${look.width}-${look.locale}`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        imported.getByRole('link', { name: new RegExp(`^${operator.csv.replace(/[()]/g, '.')}`) }).click(),
      ]);
      assert.match(await readFile(await download.path(), 'utf8'), /stops\.txt,4,/);

      await imported.getByRole('button', { name: `${networks.activate} ${name}` }).click();
      await page.getByText(networks.activated(name)).waitFor();
      await imported.getByText(networks.active, { exact: true }).waitFor();
      // What travellers read of it says that its days are not its own.
      const visitor = await context.newPage();
      await visitor.goto(`${server.origin}/about-data`);
      await visitor.getByText(data.rolled, { exact: true }).waitFor();
      await checkPage(visitor, `about-data-rolled-${look.width}-${look.locale}`);
      await visitor.locator('#concessions > summary').click();
      await visitor.locator('#concessions').getByRole('listitem').first().waitFor();
      // Some hundred figures: once is enough.
      if (look.width < 500) await checkPage(visitor, `about-data-concessions-${look.width}-${look.locale}`);
      await visitor.close();
      await imported.getByRole('button', { name: `${networks.goBack} ${name}` }).click();
      await page.getByText(networks.wentBack).waitFor();
      await imported.getByRole('button', { name: `${networks.activate} ${name}` }).waitFor();
      await page.getByText(operator.log.kinds.CHANGE, { exact: true }).first().waitFor();
      assert.deepEqual(log, { foreign: [], errors: [] });
      await context.close();
    });

  test('nobody else has such a page; a change asks for a sign-in of just now', async () => {
    const { site } = pageWords['en-IN'];
    const asha = await accountOf(server, 'asha.operator@example.org');
    const context = await openContext(browser, { width: 360, locale: 'en-IN' });
    await asha.enter(context);
    const page = await context.newPage();
    await page.goto(`${server.origin}/operator`);
    await page.getByRole('heading', { level: 1, name: site.notFound.title }).waitFor();
    await context.clearCookies();
    const boss = await accountOf(server, BOSS, 11);
    await boss.enter(context);
    await page.goto(`${server.origin}/operator`);
    await page
      .getByRole('button', { name: new RegExp(`^${enOperator.networks.activate}`) })
      .first()
      .click();
    await page.getByText(enOperator.networks.signInAgain).waitFor();
    await checkPage(page, 'operator-sign-in-again-360');
    await context.close();
  });
});
