/** Trains and two metros as one network: from a metro stop in Hyderabad to one in Chennai. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Leg } from '../../src/engine/routing/journey.ts';
import { Router } from '../../src/engine/routing/router.ts';
import type { NetworkImage } from '../../src/engine/timetable/image.ts';
import { allModes, modes } from '../../src/engine/timetable/modes.ts';
import { searchRequestSchema } from '../../src/features/journeys/contract.ts';
import {
  diffNetworks,
  importNetwork,
  loadActiveNetwork,
  type Network,
  networkNotices,
} from '../../src/features/networks/index.ts';
import { openSource } from '../../src/gtfs/open.ts';
import { openApplication } from '../../src/main.ts';
import { asEpochDay, epochMinuteOf, formatDate, instantOf, wallClockAt } from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { folderFeed, lines, type TemporaryFeed } from '../support/gtfsFeed.ts';

const ZONE = 'Asia/Kolkata';
const feeds = process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const [rail, hyderabad, chennai] = ['in-rail-2025.zip', 'hyderabad-metro.zip', 'chennai-metro.zip'].map(
  (name) => path.join(feeds, name),
) as [string, string, string];
const missing = [rail, hyderabad, chennai].find((file) => !existsSync(file));
const skip = missing === undefined ? false : `${missing} is not there`;

/**
 * The Chennai feed names only the ends of its lines and takes the length of a frequency block for the ride. Here its
 * two lines call at every station, 45 minutes from end to end.
 */
async function mendedChennai(): Promise<TemporaryFeed> {
  const source = await openSource(chennai);
  const files: Record<string, string> = {};
  for (const [name, table] of source.tables)
    files[name] = Buffer.concat(await Array.fromAsync(table.read())).toString();
  source.close();
  const ids = Array.from(files['stops.txt']!.matchAll(/^CMRL_\w+/gm), ([id]) => id);
  const stations = {
    CMRL_1: ids.filter((id) => !id.includes('G')),
    CMRL_2: ids.filter((id) => id.includes('G')),
  };
  const rows = Array.from(files['frequencies.txt']!.matchAll(/^(CMRL_[12])_\w+_d([01])_(\d\d)/gm)).flatMap(
    ([trip, line, direction, hour]) => {
      const own = stations[line as keyof typeof stations];
      return (direction === '0' ? own : own.toReversed()).map((stop, index) => {
        const time = index === 0 ? `${hour}:00:00` : index === own.length - 1 ? `${hour}:45:00` : '';
        return `${trip},${time},${time},${stop},${index + 1}`;
      });
    },
  );
  files['stop_times.txt'] = lines('trip_id,arrival_time,departure_time,stop_id,stop_sequence', ...rows);
  return folderFeed(files);
}

describe('trains and two metros as one network', { skip }, () => {
  let database: TestDatabase;
  let mended: TemporaryFeed;
  const now = epochMinuteOf(Date.now());
  const tomorrow = asEpochDay(wallClockAt(now, ZONE).day + 1);
  let alone: Network;
  let joined: Network;

  before(async () => {
    [database, mended] = await Promise.all([testDatabase(), mendedChennai()]);
    const request = { rollCalendar: true, activate: true, now };
    alone = await importNetwork(database.service, { sources: [rail], ...request });
    // Hyderabad's feed repeats 275 trips of 1,056.
    await importNetwork(database.service, { sources: [hyderabad], addTo: 'active', ...request, force: true });
    joined = await importNetwork(database.service, {
      sources: [mended.location],
      addTo: 'active',
      feedName: 'chennai-metro',
      name: 'India',
      ...request,
      force: true,
    });
  });
  after(() => Promise.all([database.drop(), mended.remove()]));

  test('each feed is kept, named and marked; the trains keep their ids', async () => {
    assert.deepEqual(
      joined.feeds.map(({ name, prefix, rolled }) => [name, prefix, rolled]),
      [
        ['in-rail-2025', '', true],
        ['hyderabad-metro', 'hyderabad-metro:', false],
        ['chennai-metro', 'chennai-metro:', true],
      ],
    );
    assert.deepEqual([joined.name, joined.rolled, joined.version], ['India', true, 3]);
    const rolled = await networkNotices(database.service, joined.id, { code: 'CALENDAR_ROLLED' });
    assert.deepEqual(rolled.map(({ feed }) => feed).toSorted(), ['chennai-metro', 'in-rail-2025']);
    const { stops, lines } = await diffNetworks(database.service, alone.id, joined.id);
    assert.deepEqual([stops.removed, stops.changed, lines.removed, lines.retimed], [[], [], [], []]);
    assert.ok(
      stops.added.length > 100 && stops.added.every(({ id }) => /^(hyderabad|chennai)-metro:/.test(id)),
    );
  });

  test('stations of different feeds are joined by walks, near ones and those of one name', async () => {
    const { image } = await loadActiveNetwork(database.service);
    const walks = new Map<string, number>();
    for (let link = 0; link < image.views.linkFrom.length; link++) {
      const { from, to, minutes, kind } = image.link(link);
      if (kind === 'walk') walks.set(`${image.stopId(from)} ${image.stopId(to)}`, minutes);
    }
    for (const [metro, station] of [
      ['hyderabad-metro:BEG1', 'BMT'],
      ['chennai-metro:CMRL_G01', 'MAS'],
      // 460 m, 680 m and 310 m by the map; by name, by name, and beside a hub of the city.
      ['hyderabad-metro:SEC1', 'SC'],
      ['chennai-metro:CMRL_G18', 'STM'],
      ['chennai-metro:CMRL_G02', 'MS'],
    ]) {
      const minutes = walks.get(`${metro} ${station}`);
      assert.ok(minutes !== undefined && minutes <= 20, `${metro} → ${station}: ${minutes}`);
      assert.equal(walks.get(`${station} ${metro}`), minutes);
    }
    assert.equal(walks.get('hyderabad-metro:AME1 BMT'), undefined, 'Ameerpet is too far from Begumpet');
  });

  test('the engine goes by metro, on foot, by train, on foot and by metro', async () => {
    const { image } = await loadActiveNetwork(database.service);
    const stop = (id: string) => ({ stop: image.findStop(id)!, minutes: 0 });
    const found = new Router(image).earliestArrivals({
      access: [stop('hyderabad-metro:TAR1'), stop('hyderabad-metro:TAR2')],
      egress: [stop('chennai-metro:CMRL_G08')],
      time: image.timelineAt(instantOf(tomorrow, 8 * 60, ZONE)),
      maxRides: 3,
      changeMinutes: 10,
      modes: allModes,
      links: true,
    });
    const fewest = found.find(({ rides }) => rides === 3);
    assert.deepEqual(
      fewest?.legs.map((leg) => kindOf(image, leg)),
      ['metro', 'walk', 'train', 'walk', 'metro'],
    );
    const [first, , train, , last] = fewest.legs.map(
      ({ from, to }) => `${image.stopId(from)} ${image.stopId(to)}`,
    );
    assert.match(first!, /^hyderabad-metro:TAR\d hyderabad-metro:SEC\d$/);
    assert.match(train!, /^SC (MAS|MS)$/);
    assert.match(last!, /^chennai-metro:CMRL_G0[12] chennai-metro:CMRL_G08$/);
  });

  test('a search finds both stops by name and says that the calendar is rolled', async () => {
    const application = await openApplication({ ownerUrl: database.ownerUrl }, assert.ifError);
    try {
      const answer = await application.search(
        searchRequestSchema.parse({
          origin: 'Tarnaka',
          destination: 'Anna Nagar Tower',
          date: formatDate(tomorrow),
        }),
      );
      assert.deepEqual([answer.network.id, answer.network.rolled], [joined.id, true]);
      assert.deepEqual(
        [answer.origin.id, answer.destination.id],
        ['stop:hyderabad-metro:TAR', 'stop:chennai-metro:CMRL_G08'],
      );
      assert.ok(answer.routes.some(({ legs }) => legs.some(({ mode }) => mode === 'train')));
    } finally {
      await application.close();
    }
  });
});

const kindOf = (image: NetworkImage, leg: Leg): string =>
  leg.kind === 'link' ? leg.linkKind : (Object.keys(modes)[image.line(leg.line).mode] ?? '');
