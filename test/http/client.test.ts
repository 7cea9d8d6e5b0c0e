/** The generated client against the real application; what its README shows is run as it stands. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ProblemError, RouteStitch } from '../../clients/typescript/routestitch.ts';
import { listen, type RunningServer } from '../../src/http/server.ts';
import { newId } from '../../src/units/ids.ts';
import { type ApiDescription, clientSource } from '../golden/client.ts';
import { openTestApp, type TestApp } from '../support/httpApp.ts';
import { signIn } from '../support/signIn.ts';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
/** Late today there may be no route left. */
const ahead = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);

let opened: TestApp;
let server: RunningServer;
let baseUrl: string;
let cookie: string;
let folder: string;
let visitor: RouteStitch;
let asha: RouteStitch;
before(async () => {
  opened = await openTestApp();
  server = await listen(opened.app.fetch, { port: 0, host: '127.0.0.1' });
  baseUrl = `http://127.0.0.1:${server.port}`;
  ({ cookie } = await signIn(opened.db.service, 'asha@example.org'));
  visitor = new RouteStitch({ baseUrl: `${baseUrl}/` });
  asha = new RouteStitch({ baseUrl, cookie });
  folder = await mkdtemp(path.join(tmpdir(), 'routestitch-client-'));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await server.close();
  await opened.close();
});

const refused = (code: string, status: number) => (error: unknown) =>
  error instanceof ProblemError && error.code === code && error.status === status && error.problem !== null;

test('places and searches, with a body and as a link whose stops repeat', async () => {
  const { places } = await visitor.suggestPlaces({ q: 'noi' });
  assert.equal(places[0]?.name, 'Noida');
  const answer = await visitor.search({
    origin: 'Noida',
    destination: 'Bangalore',
    date: ahead,
    passengers: 2,
  });
  assert.ok(answer.routes.length > 0);
  const asked: URL[] = [];
  const watched = new RouteStitch({
    baseUrl,
    fetch: (url, init) => (asked.push(new URL(url)), fetch(url, init)),
  });
  const stop = ['Delhi:0', 'Jaipur:240'];
  const linked = await watched.searchByLink({
    origin: 'Shimla',
    destination: 'Bangalore',
    date: ahead,
    stop,
  });
  assert.equal(linked.origin.name, 'Shimla');
  assert.deepEqual(asked[0]?.searchParams.getAll('stop'), stop);
});

test('a trip with the route of a search is kept, repeated once by its key, booked, paged, written out, deleted', async () => {
  const { origin, destination, date, routes } = await visitor.search({
    origin: 'Shimla',
    destination: 'Rishikesh',
    date: ahead,
  });
  const input = { origin, destination, date, selectedRoute: routes[0]! };
  const idempotencyKey = newId();
  const trip = await asha.createTrip(input, { idempotencyKey });
  assert.equal((await asha.createTrip(input, { idempotencyKey })).id, trip.id);
  const other = await asha.createTrip(input);
  const { legIndex } = trip.bookingLegs[0]!;
  assert.equal((await asha.bookLeg(trip.id, legIndex, { platform: 'redBus' })).isBooked, true);
  const first = await asha.getTrips({ limit: 1 });
  const next = await asha.getTrips({ limit: 1, cursor: first.nextCursor! });
  assert.deepEqual(new Set([first, next].map(({ trips }) => trips[0]!.id)), new Set([trip.id, other.id]));
  assert.match(await asha.getTripCalendar(trip.id), /^BEGIN:VCALENDAR/);
  assert.equal(await asha.deleteTrip(other.id), undefined);
  await assert.rejects(asha.getTrip(other.id), refused('NOT_FOUND', 404));
});

test('refusals carry their code and what is wrong; a cancelled call is not a refusal', async () => {
  await assert.rejects(visitor.getTrips(), refused('UNAUTHENTICATED', 401));
  await assert.rejects(visitor.search({ origin: 'Nowhere at all', destination: 'Noida' }), ProblemError);
  await assert.rejects(visitor.suggestPlaces({ q: '' }), (error: ProblemError) => {
    assert.equal(error.problem?.fields?.[0]?.path, 'q');
    return refused('INVALID_REQUEST', 400)(error);
  });
  await assert.rejects(asha.getTrip('../trips'), ProblemError);
  await assert.rejects(visitor.getData({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  const proxy = new RouteStitch({
    baseUrl,
    fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'retry-after': '7' } }),
  });
  await assert.rejects(proxy.getData(), { code: 'UNKNOWN', status: 502, problem: null, retryAfter: 7 });
});

test('the generator refuses a schema that it does not know', () => {
  const description = (schema: object): ApiDescription => ({
    paths: {},
    components: { schemas: { A: schema } },
  });
  assert.match(clientSource(description({ type: ['string', 'null'] })), /export type A = string \| null;/);
  assert.throws(() => clientSource(description({ allOf: [{ type: 'string' }] })), /knows no schema/);
  assert.throws(() => clientSource(description({ type: 'tuple' })), /knows no schema/);
});

/** Blocks of a language in a document. */
async function blocks(file: string, language: string): Promise<string[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block]) => block!,
  );
}

test("the client's README compiles strictly and runs as it stands", async () => {
  const client = path.join(root, 'clients/typescript/routestitch.ts');
  const snippets = await blocks('clients/typescript/README.md', 'ts');
  assert.equal(snippets.length, 3);
  const files = snippets.map((_, index) => `snippet${index}.ts`);
  for (const [index, snippet] of snippets.entries())
    await writeFile(
      path.join(folder, files[index]!),
      snippet.replaceAll('./routestitch.ts', client).replaceAll('http://localhost:3000', baseUrl),
    );
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  const compilerOptions = { typeRoots: [path.join(root, 'node_modules/@types')], types: ['node'] };
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: path.join(root, 'tsconfig.json'), compilerOptions, include: files }),
  );
  await run(path.join(root, 'node_modules/.bin/tsc'), ['-p', folder]);
  const env = { ...process.env, ROUTESTITCH_SESSION: cookie };
  const [searched, kept, problem] = await Promise.all(
    files.map(async (file) => (await run(process.execPath, [path.join(folder, file)], { env })).stdout),
  );
  assert.match(searched!, /FASTEST/);
  assert.match(kept!, /\d{4}-\d\d-\d\d (PLANNED|BOOKED|PARTIALLY_BOOKED)/);
  assert.match(problem!, /^PLACE_NOT_FOUND /);
});
