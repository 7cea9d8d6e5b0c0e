import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Caller } from '../../database/caller.ts';
import type { AppError } from '../../errors.ts';
import { newId } from '../../units/ids.ts';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { bangalore, newCaller, noida, route } from '../../../test/support/trips.ts';
import {
  deleteSavedRoute,
  getSavedRoute,
  getSavedRoutes,
  renameSavedRoute,
  saveRoute,
  type SavedRouteInput,
  useSavedRoute,
} from './index.ts';

const refusedAs = (code: AppError['code']) => (error: unknown) => (error as AppError).code === code;
const invalid = { code: 'INVALID_REQUEST' };

const input = (changes: Partial<SavedRouteInput> = {}): SavedRouteInput => ({
  name: 'Weekend escape to Goa',
  origin: noida,
  destination: bangalore,
  route: route(),
  ...changes,
});

describe('saved routes', () => {
  let db: TestDatabase;
  let asha: Caller;
  let ravi: Caller;
  before(async () => {
    db = await testDatabase();
    [asha, ravi] = await Promise.all([newCaller(db), newCaller(db)]);
  });
  after(() => db.drop());

  test('saved, read and deleted', async () => {
    const saved = await saveRoute(asha, input());
    assert.equal(saved.name, 'Weekend escape to Goa');
    assert.equal(saved.timesUsed, 0);
    assert.equal(saved.lastUsedAt, null);
    assert.deepEqual(saved.route, route());
    assert.deepEqual(await getSavedRoute(asha, saved.id), saved);
    await deleteSavedRoute(asha, saved.id);
    await assert.rejects(getSavedRoute(asha, saved.id), refusedAs('NOT_FOUND'));
    await assert.rejects(deleteSavedRoute(asha, saved.id), refusedAs('NOT_FOUND'));
  });

  test('pages, latest first, each once, without routes', async () => {
    const caller = await newCaller(db);
    const made: string[] = [];
    for (let n = 0; n < 7; n++) made.push((await saveRoute(caller, input({ name: `Route ${n}` }))).id);
    // Three at the same millisecond: the order among them is the id's.
    await db.service.query({
      text: `UPDATE saved_routes SET created_at = '2026-01-01' WHERE id = ANY ($1)`,
      values: [made.slice(0, 3)],
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await getSavedRoutes(caller, { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      for (const saved of page.savedRoutes) assert.equal('route' in saved, false);
      seen.push(...page.savedRoutes.map((saved) => saved.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen.slice(4), made.slice(0, 3).toSorted());
    assert.deepEqual(seen.toSorted(), made.toSorted());
  });

  test('renamed, and the name taken away', async () => {
    const { id } = await saveRoute(asha, input());
    assert.equal((await renameSavedRoute(asha, id, '  Home  ')).name, 'Home');
    assert.equal((await renameSavedRoute(asha, id, null)).name, null);
    for (const name of ['', ' ', 'x'.repeat(201), 'a\nb'])
      await assert.rejects(renameSavedRoute(asha, id, name), invalid);
  });

  test('§1 SavedRoute.timesUsed: 50 uses at the same time count 50; in the document nothing ever sets it', async () => {
    const { id } = await saveRoute(asha, input());
    const uses = await Promise.all(Array.from({ length: 50 }, () => useSavedRoute(asha, id)));
    assert.deepEqual(
      uses.map((use) => use.timesUsed).toSorted((a, b) => a - b),
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
    const used = await getSavedRoute(asha, id);
    assert.equal(used.timesUsed, 50);
    assert.ok(Math.abs(Date.parse(used.lastUsedAt!) - Date.now()) < 60_000);
    assert.deepEqual(uses[0]?.route, route());
  });

  test('another user’s route is not found', async () => {
    const saved = await saveRoute(asha, input());
    for (const database of [db.app, db.service]) {
      const caller = { ...ravi, database };
      await assert.rejects(getSavedRoute(caller, saved.id), refusedAs('NOT_FOUND'));
      await assert.rejects(renameSavedRoute(caller, saved.id, 'Mine'), refusedAs('NOT_FOUND'));
      await assert.rejects(useSavedRoute(caller, saved.id), refusedAs('NOT_FOUND'));
      await assert.rejects(deleteSavedRoute(caller, saved.id), refusedAs('NOT_FOUND'));
      assert.deepEqual(await getSavedRoutes(caller), { savedRoutes: [], nextCursor: null });
    }
    assert.deepEqual(await getSavedRoute(asha, saved.id), saved);
  });

  test('refuses ids, pages and inputs that are none', async () => {
    await assert.rejects(getSavedRoute(asha, 'x'), invalid);
    await assert.rejects(getSavedRoute(asha, newId()), refusedAs('NOT_FOUND'));
    for (const query of [
      { limit: 0 },
      { limit: 101 },
      { cursor: 'x' },
      { cursor: `${'9'.repeat(16)}_cabcdefgh` },
    ])
      await assert.rejects(getSavedRoutes(asha, query), invalid);
    await assert.rejects(saveRoute(asha, { ...input(), timesUsed: 5 } as SavedRouteInput), invalid);
  });
});
