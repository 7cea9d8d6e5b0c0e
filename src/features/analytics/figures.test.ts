import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { newId } from '../../units/ids.ts';
import {
  AnalyticsWriter,
  corridors,
  funnel,
  platformFigures,
  recordBookingClick,
  type TrackedSearch,
  trackSearchQuery,
} from './index.ts';
import { corridorsSchema, funnelSchema, platformsSchema } from './contract.ts';
import { readPeriod } from './period.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const NOW = Date.parse('2026-11-20T12:00:00+05:30');
const noida = { id: 'city:noida', name: 'Noida', lat: 28.5, lng: 77.4 };
const agra = { id: 'city:agra', name: 'Agra', lat: 27.2, lng: 78 };
const names: Readonly<Record<string, string>> = { 'city:noida': 'Noida', 'city:agra': 'Agra' };
const nameOf = (id: string): string | null => names[id] ?? null;

interface Asked extends Partial<TrackedSearch> {
  readonly at: string;
  readonly from?: string | null;
  readonly to?: string | null;
}
/** Writes searches, as they would have been at the time; answers their ids. */
async function asked(...searches: readonly Asked[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { at, from = 'city:noida', to = 'city:agra', ...over } of searches) {
    const now = Date.parse(at);
    const writer = new AnalyticsWriter(db.service, {
      onError: (error) => assert.fail(String(error)),
      secret: 'of the test',
      now: () => now,
    });
    const search = { origin: noida, destination: agra, date: '2026-12-01', passengers: 1, routesFound: 3 };
    ids.push(
      trackSearchQuery(writer, { ...search, preference: 'BALANCED', corridor: { from, to }, ...over }),
    );
    await writer.close();
  }
  return ids;
}
async function clicked(at: string, over: object = {}, didBook?: boolean): Promise<void> {
  const writer = new AnalyticsWriter(db.service, {
    onError: (error) => assert.fail(String(error)),
    now: () => Date.parse(at),
  });
  const id = recordBookingClick(writer, null, {
    route: {},
    platform: 'redBus',
    leg: {},
    legIndex: 0,
    affiliateUrl: 'https://www.redbus.in/',
    ...over,
  });
  await writer.close();
  if (didBook !== undefined)
    await db.service.query({
      text: 'UPDATE booking_clicks SET did_book = $2, marked_at = now() WHERE id = $1',
      values: [id, didBook],
    });
}
/** The months of one test are no other test's. */
const cleared = async (): Promise<void> => {
  await db.service.query({ text: 'DELETE FROM search_queries' });
  await db.service.query({ text: 'DELETE FROM booking_clicks' });
};

describe('a period', () => {
  const read = (query: object) => readPeriod(query, NOW);
  test('is the last 30 days, in India unless another zone is named', () => {
    const { period, from, to, days } = read({});
    assert.deepEqual(period, { since: '2026-10-22', until: '2026-11-20', zone: 'Asia/Kolkata' });
    assert.deepEqual(
      [from.toISOString(), to.toISOString(), days.length],
      ['2026-10-21T18:30:00.000Z', '2026-11-20T18:30:00.000Z', 30],
    );
    assert.equal(
      readPeriod({ zone: 'Pacific/Auckland' }, Date.parse('2026-11-20T12:00Z')).period.until,
      '2026-11-21',
    );
  });
  test('has days of 23 and 25 hours where clocks change', () => {
    for (const [day, hours] of [
      ['2026-03-29', 23],
      ['2026-10-25', 25],
      ['2026-11-01', 24],
    ] as const) {
      const { from, to } = read({ since: day, until: day, zone: 'Europe/Berlin' });
      assert.equal((to.getTime() - from.getTime()) / 3_600_000, hours, day);
    }
  });
  test('of no day, of more than a year, of no zone: refused', () => {
    for (const query of [
      { since: '2026-11-21' },
      { since: '2025-11-19' },
      { since: '2026-02-02', until: '2026-02-01' },
    ])
      assert.throws(() => read(query), { code: 'UNPROCESSABLE' }, JSON.stringify(query));
    assert.equal(read({ since: '2025-11-20' }).days.length, 366);
    for (const query of [{ since: '2026-02-30' }, { zone: 'India' }, { until: 'today' }])
      assert.throws(() => read(query), { name: 'ZodError' }, JSON.stringify(query));
  });
});

test('the funnel: searches by day of the zone, what was clicked, what was booked', async () => {
  await cleared();
  const [first, second, third, fourth] = await asked(
    { at: '2026-11-17T23:59:59+05:30' }, // the day before
    { at: '2026-11-18T00:00:00+05:30' },
    { at: '2026-11-18T23:59:59.999+05:30', routesFound: 0 },
    { at: '2026-11-19T00:00:00+05:30' },
  );
  await clicked('2026-11-18T10:00:00+05:30', { searchId: first });
  await clicked('2026-11-18T10:00:00+05:30', { searchId: second }, false);
  await clicked('2026-11-18T10:05:00+05:30', { searchId: second, platform: 'IRCTC' }, true);
  await clicked('2026-11-20T00:00:01+05:30', { searchId: third }, true); // the day after the period still counts
  await clicked('2026-11-21T00:00:00+05:30', { searchId: fourth }, true); // that after it does not
  await clicked('2026-11-18T12:00:00+05:30', { tripId: 't' }, true);
  const answer = await funnel(db.service, { since: '2026-11-18', until: '2026-11-19' }, NOW);
  assert.deepEqual(funnelSchema.parse(answer), answer);
  assert.deepEqual(answer.days, [
    { date: '2026-11-18', searches: 2, withRoutes: 1, clicked: 2, booked: 2 },
    { date: '2026-11-19', searches: 1, withRoutes: 1, clicked: 0, booked: 0 },
  ]);
  assert.deepEqual(answer.searches, { searches: 3, withRoutes: 2, clicked: 2, booked: 2 });
  assert.deepEqual(answer.clicks, { total: 4, ofSearches: 3, answered: 3, booked: 2 });
  const utc = await funnel(db.service, { since: '2026-11-18', until: '2026-11-18', zone: 'UTC' }, NOW);
  assert.deepEqual(utc.searches.searches, 2, 'from 05:30 to 05:30 in India');
  const none = await funnel(db.service, { since: '2026-01-01', until: '2026-01-03' }, NOW);
  assert.deepEqual(
    none.days.map(({ searches }) => searches),
    [0, 0, 0],
  );
});

describe('corridors', () => {
  const hours = (count: number, over: Partial<Asked> = {}): Asked[] =>
    Array.from({ length: count }, (_, hour) => ({
      at: `2026-11-18T${String(hour).padStart(2, '0')}:10:00+05:30`,
      ...over,
    }));
  const period = { since: '2026-11-18', until: '2026-11-19' };
  const read = (query: object = {}) => corridors(db.service, { ...period, ...query }, nameOf, NOW);

  test('are told when five visits or more were made, and named as the timetable names them', async () => {
    await cleared();
    const back = { from: 'city:agra', to: 'city:noida' };
    await asked(...hours(6, { routesFound: 2 }), ...hours(4, back), ...hours(5, { to: 'stop:GONE' }));
    const answer = await read();
    assert.deepEqual(corridorsSchema.parse(answer), answer);
    assert.deepEqual(
      answer.corridors.map(({ from, to, searches, visits, withRoutes, routesFound }) => [
        [from.name, to.name],
        [searches, visits, withRoutes, routesFound],
      ]),
      [
        [
          ['Noida', 'Agra'],
          [6, 6, 6, 12],
        ],
        [
          ['Noida', 'stop:GONE'],
          [5, 5, 5, 15],
        ],
      ],
    );
    assert.deepEqual(answer.others, { corridors: 1, searches: 4, withRoutes: 4, clicked: 0, booked: 0 });
    const limited = await read({ limit: 1 });
    assert.deepEqual([limited.corridors.length, limited.others.searches], [1, 9]);
    assert.equal((await read({ minVisits: 6 })).corridors.length, 1);
    await assert.rejects(read({ minVisits: 4 }), { name: 'ZodError' }, 'nobody asks for fewer');
  });

  test('one person is no corridor, however often they search', async () => {
    await cleared();
    const many = (over: Partial<Asked>): Asked[] => hours(24, over).flatMap((one) => [one, one]);
    await asked(
      ...many({ userId: 'asha', to: 'city:one' }), // by name, through a day
      ...many({ address: '203.0.113.7', to: 'city:two' }), // from one network on one day
      ...Array.from({ length: 40 }, (_, index) => ({
        at: `2026-11-18T20:${10 + index}:00+05:30`, // of nobody, in an hour
        to: 'city:three',
      })),
      ...hours(5, { from: null }), // from an address in no city
    );
    const { corridors: told, others } = await read();
    assert.deepEqual(told, []);
    assert.deepEqual([others.corridors, others.searches], [4, 141]);
    await asked(
      ...['bina', 'chand', 'devi', 'esha'].map((userId) => ({ ...hours(1)[0]!, userId, to: 'city:one' })),
    );
    assert.deepEqual(
      (await read()).corridors.map(({ searches, visits }) => [searches, visits]),
      [[52, 5]],
    );
  });

  test('few clicks and bookings are not told; none and many are', async () => {
    await cleared();
    const ids = await asked(...hours(12));
    const read1 = async () => {
      const [one] = (await read()).corridors;
      return [one?.clicked, one?.booked, one?.conversion];
    };
    assert.deepEqual(await read1(), [0, 0, 0]);
    await clicked('2026-11-18T23:00:00+05:30', { searchId: ids[0] }, true);
    assert.deepEqual(await read1(), [null, null, null]);
    for (const searchId of ids.slice(1, 5)) await clicked('2026-11-18T23:00:00+05:30', { searchId }, false);
    assert.deepEqual(await read1(), [5, null, null]);
    for (const searchId of ids.slice(5, 9)) await clicked('2026-11-18T23:00:00+05:30', { searchId }, true);
    assert.deepEqual(await read1(), [9, 5, 0.4167]);
  });
});

test('platforms: clicks, answers, bookings, and the commission that may be expected of them', async () => {
  await cleared();
  const at = '2026-11-18T12:00:00+05:30';
  await clicked(at, { commission: 1000 }, true);
  await clicked(at, { commission: 500 }, false);
  await clicked(at, {}, true);
  await clicked(at);
  await clicked(at, { platform: 'Uber' }, true);
  await clicked(at, { platform: 'Uber', currency: 'USD', commission: 70 });
  await clicked('2026-11-19T00:00:00+05:30', { platform: 'Later' });
  const answer = await platformFigures(db.service, { since: '2026-11-18', until: '2026-11-18' }, NOW);
  assert.deepEqual(platformsSchema.parse(answer), answer);
  const row = (platform: string, currency: string, ...rest: (number | null)[]) => {
    const [clicks, answered, booked, conversion, commissionKnownOf, expectedCommissionMinor] = rest;
    return {
      platform,
      currency,
      clicks,
      answered,
      booked,
      conversion,
      commissionKnownOf,
      expectedCommissionMinor,
    };
  };
  assert.deepEqual(answer.platforms, [
    row('redBus', 'INR', 4, 3, 2, 0.5, 2, 1000),
    row('Uber', 'INR', 1, 1, 1, 1, 0, null),
    row('Uber', 'USD', 1, 0, 0, 0, 1, 0),
  ]);
});

test('a count that takes too long is given up, and says what to do', async () => {
  await cleared();
  const slow = {
    ...db.service,
    transaction: <T>(work: (tx: typeof db.service) => Promise<T>): Promise<T> =>
      db.service.transaction((tx) =>
        work({
          ...db.service,
          query: async (statement) => {
            const answered = await tx.query(statement);
            if (statement.name === 'patience of figures')
              await tx.query({ text: `SELECT set_config('statement_timeout', '20', true)` });
            if (statement.name === 'clicks of a period') await tx.query({ text: 'SELECT pg_sleep(1)' });
            return answered;
          },
        } as typeof db.service),
      ),
  } as typeof db.service;
  await assert.rejects(funnel(slow, {}, NOW), { code: 'UNPROCESSABLE', message: /shorter/ });
});

test('figures change nothing', async () => {
  const id = newId();
  await assert.rejects(
    db.service.transaction(async (tx) => {
      const { beginReading } = await import('./figureStore.ts');
      await beginReading(tx);
      await tx.query({ text: 'INSERT INTO cache_leases VALUES ($1, $1, now())', values: [id] });
    }),
    { code: '25006' },
  );
});
