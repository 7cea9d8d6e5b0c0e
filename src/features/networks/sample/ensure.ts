import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileTimetable } from '../../../engine/timetable/compile.ts';
import type { NetworkImage } from '../../../engine/timetable/image.ts';
import { IMAGE_VERSION } from '../../../engine/timetable/layout.ts';
import { buildTimetable } from '../../../gtfs/buildTimetable.ts';
import { NoticeLog } from '../../../gtfs/notice.ts';
import { LOOK_BACK_DAYS } from '../../../gtfs/window.ts';
import { dataFolder } from '../../rule-tables/index.ts';
import { asEpochDay, type EpochDay, parseDate } from '../../../units/time.ts';
import { clusterLinks, readGazetteer } from '../../places/index.ts';
import type { Network } from '../contract.ts';
import { statsOf, validity } from '../compileNetwork.ts';
import {
  type Database,
  deleteNetworks,
  insertNetwork,
  lockActivation,
  type NewNetwork,
  selectNetworks,
  setActive,
} from '../store.ts';
import { packStopNames, type StopNames } from '../stopNames.ts';
import { packImage } from '../storedImage.ts';
import { SAMPLE_NAME, sampleFeed } from './feed.ts';
import { readSampleTables, sampleFiles } from './tables.ts';

/** The sample is valid for a year; made again after a week, it always covers more than 350 days ahead. */
const VALID_DAYS = 365;
const STALE_DAYS = 7;

/** Compiles the bundled sample network, valid from `today` for a year. */
export function compileSample(
  today: EpochDay,
  folder: string = dataFolder,
): {
  image: NetworkImage;
  network: Omit<NewNetwork, 'image' | 'imageHash' | 'imageSize' | 'stopNames'>;
  stopNames: StopNames;
} {
  const started = performance.now();
  const firstDay = today - LOOK_BACK_DAYS;
  const lastDay = today + VALID_DAYS - 1;
  const tables = readSampleTables(folder);
  const { feed, hubs } = sampleFeed(tables, readGazetteer(folder), firstDay, lastDay);
  const read = { feed, log: new NoticeLog('sample') };
  const window = { firstDay, dayCount: lastDay - firstDay + 1 };
  const { input } = buildTimetable([read], { window });
  const served = new Set(input.stopTimes.stop);
  const links = clusterLinks(hubs.filter(({ stop }) => served.has(stop)));
  const image = compileTimetable({ ...input, links });
  return {
    image,
    network: {
      name: SAMPLE_NAME,
      sample: true,
      rolled: false,
      rollCalendar: false,
      ...validity(input, today),
      stats: statsOf(image, [read], performance.now() - started),
      feeds: [
        {
          name: 'sample',
          source: 'data/sample',
          publisher: 'RouteStitch',
          version: '',
          hash: hashOf(folder),
        },
      ],
    },
    // Cities and hubs have theirs in the gazetteer.
    stopNames: new Map(tables.metroStations.map(({ code, hindi }) => [code, [hindi]])),
  };
}

/**
 * Stores and activates the sample when there is no network at all, or when the sample is in use and has grown
 * old (its files changed, another image format, or a week gone by). Answers whether it did. A sample that is
 * not in use, and a network of the operator's, are left alone.
 */
export async function ensureSampleNetwork(db: Database, today: EpochDay): Promise<boolean> {
  const hash = hashOf(dataFolder);
  if (!isNeeded(await selectNetworks(db), hash, today)) return false;
  const { image, network, stopNames } = compileSample(today);
  const packed = { ...(await packImage(image)), stopNames: await packStopNames(stopNames) };
  return db.transaction(async (tx) => {
    await lockActivation(tx);
    // Another process may have done it while this one compiled.
    const networks = await selectNetworks(tx);
    if (!isNeeded(networks, hash, today)) return false;
    const id = await insertNetwork(tx, { ...network, ...packed });
    await setActive(tx, id);
    await deleteNetworks(
      tx,
      networks.filter(({ sample }) => sample).map((old) => old.id),
    );
    return true;
  });
}

function isNeeded(networks: readonly Network[], hash: string, today: EpochDay): boolean {
  if (networks.length === 0) return true;
  const active = networks.find(({ isActive }) => isActive);
  if (active === undefined || !active.sample) return false;
  const madeFor = parseDate(active.validFrom) ?? asEpochDay(0);
  const age = today - madeFor;
  return active.feeds[0]?.hash !== hash || age >= STALE_DAYS || age < 0;
}

/** Names the content of the sample: its files, those that place and link its stops, and how it is stored. */
function hashOf(folder: string): string {
  const hash = createHash('sha256').update(`image ${IMAGE_VERSION}, names of stops`);
  for (const file of [
    ...sampleFiles,
    'gazetteer/cities.csv',
    'gazetteer/hubs.csv',
    'rules/station-changes.csv',
  ])
    hash.update(file).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex');
}
