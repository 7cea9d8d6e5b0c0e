import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { cacheGeocode, getCachedGeocode, normaliseAddress } from './geocodeCache.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
});
after(() => db.drop());

const noida = {
  lat: 28.5355,
  lng: 77.391,
  displayName: 'Sector 18, Noida',
  city: 'Noida',
  state: 'Uttar Pradesh',
};

test('an address is found again however it is typed; the document keeps one row a spelling', async () => {
  await cacheGeocode(db.app, '  Sector 18,\tNoida ', noida);
  for (const spelling of [
    'sector 18, noida',
    'SECTOR  18, NOIDA',
    'Ｓｅｃｔｏｒ １８, Noida',
    'Sector\u00a018, Noida\n',
  ])
    assert.deepEqual(await getCachedGeocode(db.app, spelling), { ...noida, country: 'India' });
  await cacheGeocode(db.app, 'SECTOR 18, NOIDA', { ...noida, lat: 28.57 });
  assert.equal((await getCachedGeocode(db.app, 'Sector 18, Noida'))?.lat, 28.57);
  const { rows } = await db.app.query({ text: 'SELECT count(*) AS n FROM cached_geocodes' });
  assert.equal(rows[0]?.['n'], 1);
});

test('after 24 hours it is a miss, and is written anew', async () => {
  await cacheGeocode(db.app, 'Old Fort', noida);
  const { rows } = await db.app.query<{ hours: number }>({
    text: `SELECT extract(epoch FROM expires_at - created_at)::float8 / 3600 AS hours FROM cached_geocodes WHERE address = 'old fort'`,
  });
  assert.equal(rows[0]?.hours, 24);
  await db.service.query({
    text: `UPDATE cached_geocodes SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' WHERE address = 'old fort'`,
  });
  assert.equal(await getCachedGeocode(db.app, 'Old Fort'), null);
  await cacheGeocode(db.app, 'Old Fort', noida);
  assert.notEqual(await getCachedGeocode(db.app, 'Old Fort'), null);
});

test('what is no address is neither kept nor looked for', async () => {
  for (const text of ['', ' \n\t', '\u0000', 'x'.repeat(501)]) {
    assert.equal(normaliseAddress(text), null);
    await cacheGeocode(db.app, text, noida);
    assert.equal(await getCachedGeocode(db.app, text), null);
  }
});

test('positions outside the globe are refused by the database', async () => {
  await assert.rejects(cacheGeocode(db.app, 'nowhere', { ...noida, lat: 91 }), { code: '23514' });
  await assert.rejects(cacheGeocode(db.app, 'nowhere', { ...noida, lng: Number.NaN }), { code: '23514' });
});

test('the CHECK on addresses accepts every normalised one, and refuses what is not (20,000 strings)', async () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom(
      'İstanbul',
      'ΣΊΣΥΦΟΣ',
      'ẞ',
      'ﬁ',
      'K',
      'Å',
      'दिल्ली',
      '\u200b',
      '\u0085',
      '\ufeff',
      '\u2028',
      '\u0345',
      'ǅ',
      '\ud800',
    ),
  );
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const keys = new Set(
    fc.sample(text, { numRuns: 20_000, seed: 7 }).flatMap((raw) => normaliseAddress(raw) ?? []),
  );
  assert.ok(keys.size > 10_000);
  for (const key of keys) assert.equal(normaliseAddress(key), key, 'normalising twice changes nothing');
  const { rowCount } = await db.app.query({
    text: `INSERT INTO cached_geocodes (id, address, lat, lng, display_name, expires_at)
           SELECT 'fuzz' || row_number() OVER (), address, 0, 0, 'x', now() + interval '1 day' FROM unnest($1::text[]) AS address`,
    values: [[...keys]],
  });
  assert.equal(rowCount, keys.size);
  for (const raw of ['Delhi', ' delhi', 'delhi  gate', 'ﬁ'])
    await assert.rejects(
      db.app.query({
        text: `INSERT INTO cached_geocodes (id, address, lat, lng, display_name, expires_at) VALUES ('raw', $1, 0, 0, 'x', now() + interval '1 day')`,
        values: [raw],
      }),
      { code: '23514' },
    );
});
