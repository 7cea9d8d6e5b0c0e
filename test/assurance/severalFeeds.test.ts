/**
 * Trains and two metros as one network, each feed as it is published: from a metro stop in Hyderabad to one in Chennai.
 * The Chennai feed names only the ends of its lines and gives the length of a frequency block as the ride; Hyderabad's
 * is of 2018 and leaves out the times of the Red Line at Ameerpet.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { describeNetwork } from '../../src/cli/networkText.ts';
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
import { openApplication } from '../../src/main.ts';
import { asEpochDay, epochMinuteOf, formatDate, instantOf, wallClockAt } from '../../src/units/time.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const ZONE = 'Asia/Kolkata';
const CENTRAL = 'chennai-metro:CMRL_G01';
const AIRPORT = 'chennai-metro:CMRL_26';
const feeds = process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const [rail, hyderabad, chennai] = ['in-rail-2025.zip', 'hyderabad-metro.zip', 'chennai-metro.zip'].map(
  (name) => path.join(feeds, name),
) as [string, string, string];
const missing = [rail, hyderabad, chennai].find((file) => !existsSync(file));
const skip = missing === undefined ? false : `${missing} is not there`;

describe('trains and two metros as one network', { skip }, () => {
  let database: TestDatabase;
  const now = epochMinuteOf(Date.now());
  const tomorrow = asEpochDay(wallClockAt(now, ZONE).day + 1);
  let alone: Network;
  let joined: Network;

  before(async () => {
    database = await testDatabase();
    const request = { rollCalendar: true, activate: true, now };
    alone = await importNetwork(database.service, { sources: [rail], ...request });
    // Hyderabad's feed repeats 275 trips of 1,056.
    await importNetwork(database.service, { sources: [hyderabad], addTo: 'active', ...request, force: true });
    joined = await importNetwork(database.service, {
      sources: [chennai],
      addTo: 'active',
      name: 'India',
      ...request,
      force: true,
    });
  });
  after(() => database.drop());

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
      ['chennai-metro:CMRL_26', 'TLM'],
      // 460 m and 680 m by the map: by name.
      ['hyderabad-metro:SEC1', 'SC'],
      ['chennai-metro:CMRL_G18', 'STM'],
    ]) {
      const minutes = walks.get(`${metro} ${station}`);
      assert.ok(minutes !== undefined && minutes <= 20, `${metro} → ${station}: ${minutes}`);
      assert.equal(walks.get(`${station} ${metro}`), minutes);
    }
    assert.equal(walks.get('hyderabad-metro:AME4 BMT'), undefined, 'Ameerpet is too far from Begumpet');
  });

  test('rides as long as their frequency block are timed by distance, and the network says so', async () => {
    const told = await networkNotices(database.service, joined.id, { code: 'RIDE_TIMED_BY_DISTANCE' });
    // 96 trips; the last hour of the day is as long as a ride may be.
    assert.equal(told.length, 78);
    assert.deepEqual(
      [...new Set(told.map(({ feed, severity }) => `${feed} ${severity}`))],
      ['chennai-metro WARNING'],
    );
    assert.deepEqual(
      joined.feeds.map(({ retimed }) => retimed),
      [undefined, undefined, 78],
    );
    assert.match(describeNetwork(joined), /NOTE +78 trips of chennai-metro were timed by distance/);
  });

  test('a station far from any metro is linked to the nearest by auto', async () => {
    const { image } = await loadActiveNetwork(database.service);
    const autos = new Set<string>();
    for (let link = 0; link < image.views.linkFrom.length; link++) {
      const { from, to, kind } = image.link(link);
      if (kind === 'auto') autos.add(`${image.stopId(from)} ${image.stopId(to)}`);
    }
    for (const platform of ['hyderabad-metro:SOI1', 'hyderabad-metro:SOI2'])
      assert.ok(autos.has(`${platform} CHZ`) && autos.has(`CHZ ${platform}`), platform);
    assert.ok(!autos.has('SC hyderabad-metro:SEC1'), 'one walks');
    assert.ok(!autos.has('CHZ hyderabad-metro:HSG1'), 'the next but one is no nearer');
  });

  test('the engine goes by metro, by auto, by train, on foot and by metro', async () => {
    const { image } = await loadActiveNetwork(database.service);
    const stop = (id: string) => ({ stop: image.findStop(id)!, minutes: 0 });
    const found = new Router(image).earliestArrivals({
      access: [stop('hyderabad-metro:AME4')],
      egress: [stop(AIRPORT)],
      time: image.timelineAt(instantOf(tomorrow, 15 * 60, ZONE)),
      maxRides: 4,
      changeMinutes: 10,
      modes: allModes,
      links: true,
    });
    const legs = found.find(({ rides }) => rides === 3)?.legs ?? [];
    // The only daily train to Chennai Central begins at Cherlapalli.
    assert.deepEqual(
      legs.map((leg) => kindOf(image, leg)),
      ['metro', 'auto', 'train', 'walk', 'metro'],
    );
    const ways = legs.map(({ from, to }) => `${image.stopId(from)} ${image.stopId(to)}`);
    assert.deepEqual(ways, [
      'hyderabad-metro:AME4 hyderabad-metro:SOI2',
      'hyderabad-metro:SOI2 CHZ',
      'CHZ MAS',
      `MAS ${CENTRAL}`,
      `${CENTRAL} ${AIRPORT}`,
    ]);
    // Published as three to six hours; 16.4 km as the crow flies.
    assert.equal(legs[4]!.arrival - legs[4]!.departure, 41);
  });

  test('a search finds both stops by name, and offers metro, auto, train, walk, metro', async () => {
    const application = await openApplication({ ownerUrl: database.ownerUrl }, assert.ifError);
    try {
      const answer = await application.search(
        searchRequestSchema.parse({
          origin: 'Ameerpet',
          destination: 'Chennai International Airport',
          date: formatDate(tomorrow),
          // Of a whole Sunday there are more than twelve to offer.
          time: '15:00',
        }),
      );
      assert.deepEqual([answer.network.id, answer.network.rolled], [joined.id, true]);
      assert.deepEqual(
        [answer.origin.id, answer.destination.id],
        ['stop:hyderabad-metro:AME', `stop:${AIRPORT}`],
      );
      const offered = answer.routes.map(({ legs }) =>
        legs.map(({ mode, from, to }) => `${mode} ${from.stopId} ${to.stopId}`).join(', '),
      );
      const wanted = [
        'metro hyderabad-metro:AME4 hyderabad-metro:SOI2',
        'auto hyderabad-metro:SOI2 CHZ',
        'train CHZ MAS',
        `walk MAS ${CENTRAL}`,
        `metro ${CENTRAL} ${AIRPORT}`,
      ].join(', ');
      assert.ok(offered.includes(wanted), offered.join('\n'));
    } finally {
      await application.close();
    }
  });
});

const kindOf = (image: NetworkImage, leg: Leg): string =>
  leg.kind === 'link' ? leg.linkKind : (Object.keys(modes)[image.line(leg.line).mode] ?? '');
