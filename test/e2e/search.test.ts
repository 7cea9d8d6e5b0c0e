/** The search page in a real browser against the real server, from the empty form to a saved option. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type MailSink, mailSink } from '../support/mailSink.ts';
import { openBrowser, withoutChromium } from './browser.ts';
import { axeViolations, checkPage, logOf, overflow, smallTargets } from './pageChecks.ts';
import { type RunningServer, startServer } from './runningServer.ts';
import {
  daysAhead,
  fieldShows,
  focused,
  latinWords,
  lookName,
  looks,
  openPage,
  pickFirst,
  rupeesIn,
  shows,
  tabTo,
} from './searchPage.ts';

let sink: MailSink;
let server: RunningServer;
let browser: Browser;

const optionHeading = (page: Page, at: number) =>
  page.getByRole('heading', { level: 3, name: /^Option /u }).nth(at);
const search = (more: string): string =>
  `${server.origin}/?origin=Noida&destination=Bengaluru&date=${daysAhead(9)}&${more}`;
const opened = async (url: string): Promise<Page> => {
  const page = await openPage(browser);
  await page.goto(url);
  await page.getByRole('article').first().waitFor();
  return page;
};

describe('search page', { skip: withoutChromium, timeout: 600_000 }, () => {
  before(async () => {
    sink = await mailSink();
    Object.assign(process.env, { SMTP_URL: sink.url, MAIL_FROM: 'RouteStitch <no-reply@example.org>' });
    // One after the other: a browser opened beside a server that fails would keep the process alive.
    server = await startServer();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await sink?.close();
  });

  for (const look of looks)
    test(`by keyboard from the empty form to the details, ${lookName(look)}`, async () => {
      const hindi = look.locale === 'hi-IN';
      const page = await openPage(browser, look);
      const log = logOf(page, server.origin);
      const check = (state: string) => checkPage(page, `search-${state}-${lookName(look)}`);
      await page.goto(server.origin);
      await page.locator('input[name=origin]').waitFor();
      await check('empty');

      await tabTo(page, 'input[name=origin]');
      await page.keyboard.type('Noi');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await check('suggestions');
      await page.keyboard.press('Escape');
      await pickFirst(page, 'da', hindi ? 'नोएडा' : 'Noida');
      await fieldShows(page, 'origin', hindi ? 'नोएडा' : 'Noida');
      await tabTo(page, 'input[name=destination]');
      await pickFirst(page, 'Bengaluru', hindi ? 'बेंगलूरु' : 'Bengaluru');
      await page.keyboard.press('Enter');
      await page.getByRole('article').first().waitFor();
      assert.match(await focused(page), /^h2 /);
      assert.ok((await page.getByRole('article').count()) >= 4, 'at least four options');
      const name = await page.getByRole('article').first().getByRole('heading', { level: 3 }).innerText();
      assert.match(
        name,
        hindi
          ? /^विकल्प 1, \S.*: .*, \S+ \d\d:\d\d बजे प्रस्थान, \S+ \d\d:\d\d बजे आगमन, .*लगभग ₹.*।/u
          : /^Option 1, [a-z ]+: [a-z, ]+, leaves \w{3} \d\d:\d\d, arrives \w{3} \d\d:\d\d, \d+ hours?.*about ₹.* for 1.*\./u,
      );
      await check('results');

      const details = page.getByRole('article').first().locator('button[aria-expanded]').first();
      await details.focus();
      await page.keyboard.press('Enter');
      assert.equal(await details.getAttribute('aria-expanded'), 'true');
      await page.getByRole('article').first().getByRole('table').waitFor();
      await check('details');
      if (hindi) {
        const stations = /^[A-Z]{2,4}$/;
        const left = (await latinWords(page)).filter((word) => !stations.test(word));
        assert.deepEqual(left.toSorted(), ['RouteStitch']);
      }
      assert.deepEqual(log, { foreign: [], errors: [] });
      await page.context().close();
    });

  test('the form by keyboard: stops are moved, a day of the calendar, a time and travellers are chosen', async () => {
    const page = await openPage(browser, { width: 360 });
    await page.goto(server.origin);
    await page.locator('input[name=origin]').fill('Noida');
    await page.keyboard.press('Escape');
    await page.locator('input[name=destination]').fill('Jodhpur');
    await page.keyboard.press('Escape');
    for (const [at, place] of ['Jaipur', 'Ajmer'].entries()) {
      await page.getByRole('button', { name: 'Add a stop' }).press('Enter');
      await page.locator(`input[name=stop${at}]`).fill(place);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Move stop 2 up' }).press('Enter');
    assert.equal(await page.locator('input[name=stop0]').inputValue(), 'Ajmer');
    assert.equal(await focused(page), 'button Move stop 1 up');
    await page.getByRole('button', { name: 'Move stop 1 down' }).press('Enter');
    assert.equal(await page.locator('input[name=stop1]').inputValue(), 'Ajmer');
    await page
      .getByRole('listitem')
      .filter({ has: page.locator('input[name=stop0]') })
      .getByRole('button', { name: '1 h', exact: true })
      .press('Enter');
    await page.getByRole('combobox', { name: 'Stay' }).nth(1).selectOption('Overnight');
    await checkPage(page, 'form-stops-360');

    await page.getByRole('button', { name: /^Other date/ }).press('Enter');
    await page.getByRole('grid').waitFor();
    await checkPage(page, 'form-calendar-360');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page
      .getByText(/trains can be booked from \w+ \d+ \w+, 08:00/)
      .first()
      .waitFor();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.match(await focused(page), /^button .*Other date/s);

    await page.getByRole('button', { name: 'Any time' }).press('Enter');
    await page.getByText('Arrive by').click();
    await page.locator('input[name=time]').fill('22:00');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Arrive by 22:00' }).waitFor();

    await page.getByRole('button', { name: '1 traveller' }).press('Enter');
    await page.getByRole('button', { name: 'More: Adults' }).press('Enter');
    await page.getByRole('button', { name: 'More: Children' }).press('Enter');
    await page.getByRole('combobox', { name: 'Age of child 1' }).selectOption('4 years');
    await page.getByRole('combobox', { name: 'Profession' }).selectOption('Student');
    await checkPage(page, 'form-travellers-360');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '3 travellers, concession' }).waitFor();

    await page.locator('input[name=destination]').press('Enter');
    await page.getByRole('heading', { level: 2, name: /Jodhpur/ }).waitFor();
    const link = new URL(page.url()).searchParams;
    assert.deepEqual(link.getAll('stop'), ['Jaipur:60', 'Ajmer:720']);
    assert.deepEqual(
      [link.get('date'), link.get('time'), link.get('arriveBy')],
      [daysAhead(7), '22:00', 'true'],
    );
    assert.deepEqual(
      [link.get('passengers'), link.getAll('child'), link.get('profession')],
      ['3', ['4'], 'STUDENT'],
    );
    await page.context().close();
  });

  test('filters count what they leave, name what is in the way, and stay in the link', async () => {
    const page = await opened(search(''));
    const shown = (): Promise<string | null> =>
      page
        .locator('main')
        .getByText(/^\d+ of \d+ options$/)
        .textContent();
    const all = Number((await shown())!.split(' ')[0]);
    const flights = page.getByRole('button', { name: /^Flight · \d+$/ });
    const flying = Number(/\d+/.exec(await flights.innerText())![0]);
    await flights.press('Enter');
    await shows(shown, `${all - flying} of ${all} options`);
    assert.equal(new URL(page.url()).searchParams.get('without'), 'flight');
    await page.reload();
    await shows(shown, `${all - flying} of ${all} options`);
    await page.getByRole('button', { name: 'Filters (1)' }).press('Enter');
    await checkPage(page, 'filters-1280');
    await page.getByRole('slider', { name: /Price at most/ }).press('Home');
    await page.getByRole('button', { name: /^Show \d+ options?$/ }).press('Enter');
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter');
    await page.getByRole('button', { name: 'Filters', exact: true }).press('Enter');
    await page.getByLabel('Leaves between: From').last().fill('03:00');
    await page.getByLabel('Leaves between: To').last().fill('03:01');
    await page.keyboard.press('Escape');
    await page.getByText(`Without “Leaves between” there would be ${all} options.`).waitFor();
    await checkPage(page, 'filters-nothing-1280');
    await page.getByRole('button', { name: 'Drop “Leaves between”' }).press('Enter');
    await shows(shown, `${all} of ${all} options`);
    await page.context().close();
  });

  test('order, chart and cards agree; options are compared side by side; days are searched when asked', async () => {
    const page = await opened(search('passengers=2&preference=CHEAPEST'));
    assert.match(await optionHeading(page, 0).innerText(), /cheapest.* for 2/);
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Fastest');
    await shows(() => optionHeading(page, 0).innerText(), /^Option 1, fastest/);

    const points = page.getByRole('region', { name: 'Time against price' }).getByRole('button');
    await points.first().focus();
    const labels: string[] = [];
    for (let presses = 0; presses < (await points.count()); presses += 1) {
      labels.push(await focused(page));
      await page.keyboard.press('ArrowRight');
    }
    assert.equal(new Set(labels).size, labels.length, 'each press goes on');
    const prices = labels.map((label) => rupeesIn(label)[0]);
    assert.deepEqual(
      prices,
      prices.toSorted((a, b) => b - a),
      'along the line time grows and the price falls',
    );
    const [, position] = /Option (\d+):/.exec(labels.at(-1)!)!;
    await page.keyboard.press('Enter');
    await page.getByRole('button', { expanded: true, name: `Hide for option ${position}` }).waitFor();
    await page.getByText('The same as a table').press('Enter');
    assert.ok((await page.getByRole('region', { name: 'Time against price' }).getByRole('row').count()) > 2);

    await page.getByRole('button', { name: /^Compare for option 1$/ }).press('Enter');
    await page.getByRole('button', { name: /^Compare for option 2$/ }).press('Enter');
    await page.getByRole('button', { name: 'Compare side by side' }).press('Enter');
    assert.equal(await page.getByRole('dialog').getByRole('columnheader').count(), 2);
    await checkPage(page, 'compare-1280');
    await page.keyboard.press('Escape');

    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/search')) asked.push((request.postDataJSON() as { date: string }).date);
    });
    await page.getByRole('button', { name: 'Compare these days' }).press('Enter');
    await shows(
      async () => String((await page.getByText('not searched').count()) === 0 && asked.length),
      '6',
    );
    await page.getByText('searching…').waitFor({ state: 'detached' });
    assert.deepEqual(asked, [6, 7, 8, 10, 11, 12].map(daysAhead), 'each other day once, one after the other');
    await checkPage(page, 'days-1280');
    await page.context().close();
  });

  test('details: costs sum exactly, concessions with reasons, plan B, platforms, map', async () => {
    const page = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(
      search('passengers=2&profession=STUDENT&age=65&gender=FEMALE&modes=train,bus&sort=CHEAPEST'),
    );
    await page.getByRole('article').first().waitFor();
    const log = logOf(page, server.origin);
    await page.getByRole('button', { name: 'Details for option 1' }).press('Enter');
    const article = page.getByRole('article').first();
    await article.getByRole('table').waitFor();
    const bodies = await article.locator('tbody tr td:last-child:not([colspan])').allInnerTexts();
    const sums = bodies
      .map(rupeesIn)
      .reduce(([low, high], [a, b]) => [low + a, high + b] as [number, number]);
    assert.deepEqual(rupeesIn(await article.locator('tfoot tr').first().innerText()), sums);
    assert.match(await article.innerText(), /Withdrawn since \w+ \d+ \w+ \d{4}: not given any more/);

    await article
      .getByRole('button', { name: /where to book/i })
      .first()
      .press('Enter');
    await article
      .getByRole('button', { name: /^Book at / })
      .first()
      .waitFor();
    await article.getByText('RouteStitch sells nothing.').waitFor();
    await article.getByRole('button', { name: 'Show the map' }).press('Enter');
    await article.getByRole('img', { name: 'Sketch of the way' }).waitFor();
    await article.getByRole('button', { name: 'Copy as text' }).press('Enter');
    await page.getByText('Copied.').waitFor();
    assert.match(await page.evaluate<string>('navigator.clipboard.readText()'), /→.*Train /s);
    await checkPage(page, 'details-all-1280');
    assert.deepEqual(log, { foreign: [], errors: [] });
    await page.context().close();
  });

  test('a change that may be missed has a plan B in place', async () => {
    const page = await opened(
      `${server.origin}/?origin=Noida&destination=Udaipur&date=${daysAhead(9)}&modes=train`,
    );
    const risky = page
      .getByRole('article')
      .filter({ has: page.locator('.risk') })
      .first();
    await risky.getByRole('button', { name: /^Details/ }).press('Enter');
    await risky.getByRole('button', { name: 'What if it is missed?' }).first().press('Enter');
    await risky
      .getByText(/Arrives .*later|Arrives no later|No other way on/)
      .first()
      .waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await page.context().close();
  });

  test('saving asks to sign in and keeps the option; signed in, Undo takes it back', async () => {
    const page = await opened(search('sort=FASTEST'));
    await page.getByRole('button', { name: 'Save for option 1' }).press('Enter');
    await page.waitForURL('**/auth/signin?**');
    await page.getByLabel('E-mail address').fill('asha@example.org');
    await page.keyboard.press('Enter');
    const { parsed } = await sink.mail(0);
    await page.goto(/^http\S+$/m.exec(parsed.text ?? '')![0]);
    await page.getByRole('button', { name: 'Sign in' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Noida → Bengaluru' }).waitFor();
    await page.getByText('The trip is saved.').waitFor();

    await page.goto(search('sort=FASTEST'));
    await page.getByRole('button', { name: 'Save for option 1' }).press('Enter');
    await page.getByText('Saved to your trips.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('Not saved any more.').waitFor();
    await page.getByRole('button', { name: 'Save for option 1' }).press('Enter');
    await page.getByRole('button', { name: 'Saved for option 1' }).waitFor();
    await page.getByRole('link', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Noida → Bengaluru' }).waitFor();
    await page.context().close();
  });

  test('a highlighted suggestion stays highlighted when a later list puts it elsewhere', async () => {
    const page = await openPage(browser);
    let answerLater = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answerLater = resolve;
    });
    // "Del" lists the airport DEL before the city, "Delh" the city first: its answer is held back.
    await page.route('**/places?q=Delh', async (route) => held.then(() => route.continue()));
    await page.goto(server.origin);
    await tabTo(page, 'input[name=origin]');
    await page.keyboard.type('Del');
    await page
      .getByRole('option', { name: /Airport/ })
      .first()
      .waitFor();
    const asked = page.waitForRequest('**/places?q=Delh');
    await page.keyboard.type('h');
    await asked;
    const names = (): Promise<string[]> => page.getByRole('option').allInnerTexts();
    const before = await names();
    const city = before.findIndex((text) => /^Delhi\n*City/.test(text));
    assert.ok(city > 0, before.join(' | '));
    for (let presses = 0; presses <= city; presses += 1) await page.keyboard.press('ArrowDown');
    const highlighted = page.getByRole('option', { selected: true });
    assert.equal(await highlighted.innerText(), before[city]);
    answerLater();
    await shows(async () => (await names())[0], before[city]!);
    await highlighted.waitFor();
    assert.equal(await highlighted.innerText(), before[city]);
    await page.keyboard.press('Enter');
    await fieldShows(page, 'origin', 'Delhi');
    await page.context().close();
  });

  test('the checks see planted faults', async () => {
    const page = await openPage(browser, { width: 360, bypassCSP: true });
    const log = logOf(page, server.origin);
    await page.goto(server.origin);
    await page.locator('main').waitFor();
    await page.evaluate(`
      document.documentElement.lang = 'hi-IN';
      document.querySelector('main').insertAdjacentHTML('beforeend',
        '<button style="width:400px;height:20px"></button><p style="color:#999;background:#fff">pale left over</p>');
      fetch('http://127.0.0.1:9/').catch(() => {});
      setTimeout(() => { throw new Error('planted') });`);
    const violations = await axeViolations(page);
    assert.ok(violations.some((text) => text.startsWith('button-name')));
    assert.ok(violations.some((text) => text.startsWith('color-contrast')));
    assert.ok((await overflow(page)) > 0);
    assert.equal((await smallTargets(page)).length, 1);
    assert.ok((await latinWords(page)).includes('pale'));
    assert.deepEqual(log.foreign, ['http://127.0.0.1:9/']);
    assert.ok(log.errors.includes('planted'));
    await page.context().close();
  });
});
