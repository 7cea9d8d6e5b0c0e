/**
 * F2: every route of the document as its owner, another user, an administrator and nobody, with own, foreign and absent
 * ids and in many disguises: what is somebody else's is answered as what is not there, in status, body, headers and time.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { createApp } from '../../src/http/app.ts';
import { openTestApp, type TestApp, withSignIn } from '../support/httpApp.ts';
import type { ApiDocument } from '../http/contract.ts';
import { auc, separation } from './auc.ts';
import { IdorDrill, type Principal } from './idorDrill.ts';
import { type Asked, probes, undeclared } from './idorProbes.ts';
import { type Person, World } from './idorWorld.ts';
import { drill, sized } from './sizes.ts';

const ADMIN = 'admin@example.org';
const LEAST = sized(2000, 10_000);
const VICTIMS = sized(1, 5);
/** Standard error of the AUC of so many pairs: 0.009. */
const PAIRS = 2000;
const MOST_AUC = 0.55;

type Send = (asked: Asked) => Promise<Response>;

let opened: TestApp;
let owner: pg.Client;
let document: ApiDocument;
let world: World;
let victims: Person[];
let administrator: Principal;
let other: Person;
let send: Send;
before(async () => {
  opened = await openTestApp({ ADMIN_EMAILS: ADMIN });
  owner = new pg.Client({ connectionString: opened.db.ownerUrl });
  await owner.connect();
  const { limits: _, ...services } = await withSignIn(opened);
  const app = createApp(services);
  send = async ({ method, path, headers, body }) =>
    app.request(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument;
  world = new World(app, opened.db.service, document);
  victims = [];
  for (let n = 0; n < VICTIMS; n++) victims.push(await world.person(`asha${n}`));
  other = await world.person('ravi');
  administrator = { name: 'an administrator', person: await world.person('admin') };
});
after(async () => {
  await owner.end();
  await opened.close();
});

const newDrill = (changed: Send = send): IdorDrill =>
  new IdorDrill({
    send: changed,
    document,
    world,
    owner,
    victims,
    strangers: [{ name: 'another user', person: other }, administrator, { name: 'nobody' }],
    administrator,
  });

test('every route of the document says whose it is', () => {
  const { keys } = newDrill();
  assert.deepEqual(undeclared(keys), []);
  // Planted: a route that somebody adds, and a probe of one that went.
  assert.deepEqual(undeclared([...keys, 'GET /api/v1/wallets/{id}']), ['GET /api/v1/wallets/{id}']);
  assert.deepEqual(undeclared(keys.slice(1)), [keys[0]]);
});

test(
  'F2 nothing of anybody else’s is told or changed, and foreign is as absent',
  { timeout: 3_600_000 },
  async (t) => {
    const all = newDrill();
    await all.run();
    t.diagnostic(`${all.probes} probes`);
    assert.deepEqual(all.faults.slice(0, 10), [], `${all.faults.length} faults`);
    assert.ok(all.probes >= LEAST, `${all.probes} probes`);
  },
);

const TRIP = 'GET /api/v1/trips/{id}';
const isForeign = ({ path, headers }: Asked): boolean =>
  victims.some(({ things, cookie }) => path.includes(things.trip) && !headers['cookie']?.includes(cookie));

/** A server that does wrong, by what `wrong` makes of a request for what is another’s. */
const planted: Readonly<
  Record<string, { key: string; wrong: (asked: Asked) => Promise<Response>; red: RegExp }>
> = {
  'shows it': {
    key: TRIP,
    wrong: (asked) => send({ ...asked, headers: { ...asked.headers, cookie: victims[0]!.cookie } }),
    red: /tells mark-of-asha0/,
  },
  'changes it': {
    key: 'PATCH /api/v1/trips/{id}',
    wrong: async (asked) => {
      await opened.db.service.query({
        text: 'UPDATE trips SET passengers = passengers % 9 + 1 WHERE id = $1',
        values: [victims[0]!.things.trip],
      });
      return send(asked);
    },
    red: /changed what is another’s/,
  },
  'says that it is not yours': {
    key: TRIP,
    wrong: async (asked) => {
      const { headers } = await send(asked);
      const forbidden = {
        type: 'about:blank',
        title: 'x',
        status: 403,
        code: 'FORBIDDEN',
        detail: 'x',
        requestId: 'x',
      };
      return new Response(JSON.stringify(forbidden), { status: 403, headers });
    },
    red: /\[403,.* is not \[404,/,
  },
  'says it in other words': {
    key: 'DELETE /api/v1/saved-routes/{id}',
    wrong: async (asked) => {
      const answer = await send(asked);
      const text = await answer.text();
      return text === '' ? answer : new Response(text.replace('no such', 'No such'), answer);
    },
    red: /is not \[404,/,
  },
  'opens what is for administrators': {
    key: 'GET /api/v1/admin/accesses.csv',
    wrong: (asked) => send({ ...asked, headers: { ...asked.headers, cookie: administrator.person!.cookie } }),
    red: /accesses\.csv by (another user|nobody), none: 200/,
  },
  'has another header': {
    key: TRIP,
    wrong: async (asked) => {
      const answer = await send(asked);
      answer.headers.set('x-cache', 'HIT');
      return answer;
    },
    red: /"x-cache":"HIT".* is not \[404,/,
  },
};
for (const [what, { key, wrong, red }] of Object.entries(planted))
  test(`planted: a server that ${what}`, async () => {
    const saved = victims[0]!.things.saved;
    const isConcerned = (asked: Asked): boolean =>
      isForeign(asked) || asked.path.includes(saved) || asked.path.startsWith('/api/v1/admin/');
    const faulty = newDrill((asked) => (isConcerned(asked) ? wrong(asked) : send(asked)));
    await faulty.run([key]);
    assert.ok(
      faulty.faults.some((fault) => red.test(fault)),
      faulty.faults.slice(0, 3).join('\n'),
    );
  });

test('the measure of time: 0.5 for what is alike, and a tenth more is seen', () => {
  assert.equal(auc([1, 2, 3], [1, 2, 3]), 0.5);
  assert.equal(auc([4, 5], [1, 2, 3]), 1);
  assert.equal(separation([1, 2], [3, 4]), 1);
  // Answers of some milliseconds with a long tail, by a seed.
  let state = 42;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const times = (longer: number): number[] =>
    Array.from({ length: PAIRS }, () => 2 + longer + random() * 0.4 - Math.log(random()) * 0.3);
  assert.ok(separation(times(0), times(0)) < MOST_AUC);
  assert.ok(separation(times(0.2), times(0)) > MOST_AUC);
});

const timed = Object.keys(probes).filter((key) => probes[key]!.kind === 'owned');
test('F2 foreign and absent take the same time', { skip: !drill, timeout: 3_600_000 }, async (t) => {
  for (const key of timed) {
    await newDrill().times(key, 200); // warm
    const { foreign, absent } = await newDrill().times(key, PAIRS);
    const found = separation(foreign, absent);
    t.diagnostic(`${key}: AUC ${found.toFixed(3)}`);
    assert.ok(found <= MOST_AUC, `${key}: ${found}`);
  }
  // Planted: a look at whose it is that costs a millisecond more.
  const slow = newDrill(async (asked) => {
    if (isForeign(asked)) await new Promise((resolve) => setTimeout(resolve, 1));
    return send(asked);
  });
  const { foreign, absent } = await slow.times(TRIP, PAIRS);
  assert.ok(separation(foreign, absent) > MOST_AUC);
});
