/**
 * Every direct train of a day between 20 pairs of cities is a candidate, and is offered or left out by a rule
 * that can be told from the answer: on the sample network, and on India's rail feed where it lies beside the
 * checkout. The trains are listed here by a plain loop over all runs that shares no code with the search.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { NetworkImage } from '../../src/engine/timetable/image.ts';
import { allModes, modes } from '../../src/engine/timetable/modes.ts';
import { compileTimetable } from '../../src/engine/timetable/compile.ts';
import { type AccessWay, accessWays } from '../../src/features/journeys/access.ts';
import { candidateOf } from '../../src/features/journeys/candidates.ts';
import {
  type Candidate,
  chooseRoutes,
  FURTHER_OF_MODE,
  MAX_ROUTES,
} from '../../src/features/journeys/chooseRoutes.ts';
import { searchRequestSchema } from '../../src/features/journeys/contract.ts';
import { createPlanner, type Planner } from '../../src/features/journeys/index.ts';
import { RidePrices } from '../../src/features/journeys/ridePrices.ts';
import { searchStage } from '../../src/features/journeys/searchStage.ts';
import { compileSample } from '../../src/features/networks/index.ts';
import { PlaceIndex, readGazetteer, resolvePlace } from '../../src/features/places/index.ts';
import { buildTimetable } from '../../src/gtfs/buildTimetable.ts';
import { readFeed } from '../../src/gtfs/readFeed.ts';
import { importWindow } from '../../src/gtfs/window.ts';
import { asEpochDay, asEpochMinute, formatDate, instantOf } from '../../src/units/time.ts';

const feeds = process.env['ROUTESTITCH_FEEDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data');
const railFeed = path.join(feeds, 'in-rail-2025.zip');

const pairs = `Delhi-Mumbai, Delhi-Bengaluru, Delhi-Kolkata, Delhi-Chennai, Mumbai-Chennai, Mumbai-Pune,
  Mumbai-Ahmedabad, Kolkata-Chennai, Kolkata-Patna, Chennai-Bengaluru, Bengaluru-Hyderabad, Jaipur-Mumbai,
  Lucknow-Delhi, Varanasi-Kolkata, Kochi-Mumbai, Guwahati-Delhi, Bhopal-Nagpur, Amritsar-Delhi, Noida-Bengaluru,
  NDLS-SBC`
  .split(/,\s*/)
  .map((pair) => pair.trim().split('-') as [string, string]);

const today = asEpochDay(Math.floor(Date.now() / 86_400_000));
const start = instantOf(asEpochDay(today + 8), 0, 'Asia/Kolkata');
const DAY = 1440;

const plannerOf = (image: NetworkImage): Planner =>
  createPlanner(image, new PlaceIndex(readGazetteer(), image), {
    id: 'n',
    name: 'n',
    sample: false,
    rolled: false,
    validFrom: formatDate(today),
    validTo: formatDate(asEpochDay(today + 100)),
  });

/** "run id, service date" of each direct train whose every use between the two ends starts within the day. */
function directTrains(planner: Planner, from: readonly AccessWay[], to: readonly AccessWay[]): Set<string> {
  const { image, rules } = planner;
  const minutesTo = new Map(from.map((way) => [way.stop, (way.travel?.minutes ?? 0) + way.early]));
  const ends = new Set(to.map((way) => way.stop));
  const found = new Set<string>();
  for (let run = 0; run < image.runCount; run++) {
    if (image.line(image.run(run).line).mode !== modes.train) continue;
    const calls = image.runCalls(run);
    const last = calls.findLastIndex((call) => call.alighting && ends.has(call.stop));
    const boardings = calls
      .slice(0, Math.max(0, last))
      .filter((call) => call.boarding && minutesTo.has(call.stop));
    if (boardings.length === 0) continue;
    for (let day = 0; day < image.dayCount; day++) {
      if (!image.isActive(run, day)) continue;
      const leaves = boardings.map((call) =>
        image.instantAt(
          image.dayStart(run, day) +
            call.departure -
            minutesTo.get(call.stop)! -
            (rules.buffers.board[modes.train] ?? 0),
        ),
      );
      if (leaves.every((leave) => leave >= start && leave < start + DAY))
        found.add(`${image.run(run).id}, ${formatDate(asEpochDay(image.firstDay + day))}`);
    }
  }
  return found;
}

type Option = Candidate;
const trainOf = ({ route }: Option): string | null => {
  const [ride, ...more] = route.legs.flatMap((leg) => (leg.run ? [leg] : []));
  return ride?.mode === 'train' && more.length === 0 ? `${ride.run!.id}, ${ride.run!.serviceDate}` : null;
};
const trainsIn = ({ route }: Option): string[] =>
  route.legs.flatMap(({ mode, run }) => (run && mode === 'train' ? [`${run.id}, ${run.serviceDate}`] : []));
const cost = ({ route }: Option): number => route.price?.likelyMinor ?? Infinity;
const takes = ({ departure, arrival }: Option): number => arrival - departure;
const felt = (one: Option): number => takes(one) + one.hardMinutes;
const noWorse = (a: Option, b: Option): boolean =>
  a.departure >= b.departure &&
  a.arrival <= b.arrival &&
  cost(a) <= cost(b) &&
  a.route.changes <= b.route.changes &&
  felt(a) <= felt(b);

const within = (share: number, a: Option, b: Option): boolean =>
  Math.abs(takes(a) - takes(b)) <= share * takes(b) && Math.abs(cost(a) - cost(b)) <= share * cost(b);

/** Trains for which no rule says why they are not offered. */
function unexplained(direct: ReadonlySet<string>, candidates: readonly Option[]): string[] {
  const ids = new Set(chooseRoutes(candidates, 'BALANCED', 1).routes.map((route) => route.id));
  const offered = candidates.filter((one) => ids.has(one.route.id));
  const shown = new Set(offered.flatMap(trainsIn));
  const byTrain = candidates.filter((one) => one.route.mainMode === 'train');
  return [...direct].filter((train) => {
    if (shown.has(train)) return false;
    const own = candidates.filter((one) => trainOf(one) === train);
    if (own.length === 0) return true;
    return own.some((one) => {
      // An offered train is better in everything, be it by another way to its station.
      const beaten = byTrain.some(
        (other) => trainsIn(other).every((run) => shown.has(run)) && other !== one && noWorse(other, one),
      );
      const gained = (other: Option): number =>
        Math.max(one.departure - other.departure, other.arrival - one.arrival);
      const notWorthIt = byTrain.some((other) => {
        const longer = Math.min(takes(one) - takes(other), felt(one) - felt(other));
        const lost = longer - Math.max(0, gained(other));
        const saved = cost(other) - cost(one);
        const cheap = saved > 0 && (saved >= 0.1 * cost(other) || saved >= (10_000 * lost) / 60);
        return longer > 0 && lost > 0 && other.route.changes <= one.route.changes && !cheap;
      });
      const silly =
        takes(one) > 2.2 * Math.min(...byTrain.map(takes)) + 60 && cost(one) > Math.min(...byTrain.map(cost));
      const noRoom =
        ids.size === MAX_ROUTES &&
        cost(one) >= Math.min(...offered.map(cost)) &&
        takes(one) >= Math.min(...offered.map(takes)) &&
        offered.filter((other) => other.route.mainMode === 'train').length >= 3;
      const further = offered.filter((other) => other.route.mainMode === 'train');
      const again = further.length > FURTHER_OF_MODE && further.some((other) => within(0.1, one, other));
      return !beaten && !notWorthIt && !silly && !noRoom && !again;
    });
  });
}

function ask(planner: Planner, origin: string, destination: string) {
  const from = resolvePlace(planner.places, origin, 'origin');
  const to = resolvePlace(planner.places, destination, 'destination');
  const request = searchRequestSchema.parse({ origin, destination });
  const stage = {
    planner,
    request,
    prices: new RidePrices(planner.rules, request, today),
    today,
    allowed: allModes,
    mayGoOn: () => true,
  };
  const window = { at: asEpochMinute(start), span: DAY, arriveBy: false, timed: false };
  const { routes } = searchStage(stage, { from, to, ...window });
  const candidates = routes.map((draft) => candidateOf(draft, request));
  return { direct: directTrains(planner, accessWays(planner, from), accessWays(planner, to)), candidates };
}

async function railPlanner(): Promise<Planner> {
  const read = await readFeed(railFeed, {});
  const window = importWindow([read.feed], today, true);
  const { input } = buildTimetable([read], { window, generatedLinks: true, untimed: 'interpolate' });
  return plannerOf(compileTimetable(input));
}

const networks = [
  { name: 'sample', skip: false, atLeast: 40, open: async () => plannerOf(compileSample(today).image) },
  {
    name: 'in-rail-2025',
    skip: existsSync(railFeed) ? false : `${railFeed} is not there`,
    atLeast: 150,
    open: railPlanner,
  },
];

for (const { name, skip, atLeast, open } of networks)
  describe(`direct trains, ${name}`, { skip }, () => {
    test('each is offered or left out by a rule', async () => {
      const planner = await open();
      let trains = 0;
      let planted = 0;
      for (const [origin, destination] of pairs) {
        const { direct, candidates } = ask(planner, origin, destination);
        trains += direct.size;
        const known = new Set(candidates.map(trainOf));
        assert.deepEqual(
          [...direct].filter((train) => !known.has(train)),
          [],
          `${origin} → ${destination}: not found`,
        );
        assert.deepEqual(unexplained(direct, candidates), [], `${origin} → ${destination}: left out`);
        // What the check is worth: without the cheapest direct train it must complain.
        const cheapest = candidates
          .filter((one) => direct.has(trainOf(one) ?? ''))
          .toSorted((a, b) => cost(a) - cost(b))[0];
        const without = candidates.filter((one) => cheapest && !trainsIn(one).includes(trainOf(cheapest)!));
        if (cheapest && unexplained(direct, without).length > 0) planted++;
      }
      assert.ok(trains >= atLeast, `${trains} direct trains`);
      assert.ok(planted >= pairs.length / 2, `${planted} planted gaps were seen`);
    });

    test('the cheapest pick from New Delhi to Bengaluru is a direct train', async () => {
      const { candidates } = ask(await open(), 'NDLS', 'SBC');
      const { routes, picks } = chooseRoutes(candidates, 'CHEAPEST', 1);
      const cheapest = routes.find((route) => route.id === picks.CHEAPEST);
      assert.equal(cheapest?.changes, 0);
      assert.equal(cheapest.legs.find((leg) => leg.run)?.line?.number, '12628');
    });
  });
