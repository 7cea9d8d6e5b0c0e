import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceKm } from '../../src/units/geo.ts';
import { list, positionOf, readTable, type Row, text } from './tables.ts';

/** Places nearer than this count as joined by taxi or local transport. */
const LOCAL_KM = 40;

interface SampleNetwork {
  readonly cities: readonly Row[];
  readonly hubs: readonly Row[];
  readonly metroStations: readonly Row[];
  readonly metroLines: readonly Row[];
  readonly flights: readonly Row[];
  readonly buses: readonly Row[];
  readonly trains: readonly Row[];
}

const bothWays = (chain: string[]): string[][] => [chain, chain.toReversed()];

/** Every sequence of codes along which a vehicle runs, in travel order. */
function chainsOf(network: SampleNetwork): string[][] {
  return [
    ...network.flights.map((row) => [text(row, 'from'), text(row, 'to')]),
    ...network.metroLines.flatMap((row) => bothWays(list(text(row, 'stations')))),
    ...network.buses.flatMap((row) => {
      const vias = list(text(row, 'via')).map((via) => via.split('+')[0]!);
      const chain = [text(row, 'from'), ...vias, text(row, 'to')];
      return text(row, 'oneway') === 'yes' ? [chain] : bothWays(chain);
    }),
    ...network.trains.map((row) =>
      text(row, 'calls')
        .split('>')
        .map((call) => call.trim().split(' ')[0]!),
    ),
  ];
}

function reachedFrom(start: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set([start]);
  for (const node of reached) for (const other of next.get(node) ?? []) reached.add(other);
  return reached;
}

const cityKey = (id: string): string => `city:${id}`;

/** Cities that cannot be reached from the first one, or cannot reach it. */
function cutOff(network: SampleNetwork): string[] {
  const onward = new Map<string, Set<string>>();
  const backward = new Map<string, Set<string>>();
  const join = (from: string, to: string): void => {
    onward.set(from, (onward.get(from) ?? new Set()).add(to));
    backward.set(to, (backward.get(to) ?? new Set()).add(from));
  };
  const places = [
    ...network.cities.map((city) => ({ key: cityKey(text(city, 'id')), position: positionOf(city) })),
    ...[...network.hubs, ...network.metroStations].map((hub) => ({
      key: text(hub, 'code'),
      position: positionOf(hub),
    })),
  ];
  for (const a of places)
    for (const b of places) if (a !== b && distanceKm(a.position, b.position) <= LOCAL_KM) join(a.key, b.key);
  for (const hub of network.hubs) {
    join(text(hub, 'code'), cityKey(text(hub, 'city')));
    join(cityKey(text(hub, 'city')), text(hub, 'code'));
  }
  for (const chain of chainsOf(network))
    for (const [i, code] of chain.entries()) if (i > 0) join(chain[i - 1]!, code);
  const start = cityKey(text(network.cities[0]!, 'id'));
  const [arrives, leaves] = [reachedFrom(start, onward), reachedFrom(start, backward)];
  return network.cities.flatMap((city) => {
    const key = cityKey(text(city, 'id'));
    const faults: string[] = [];
    if (!arrives.has(key)) faults.push(`nothing reaches ${city['id']}`);
    if (!leaves.has(key)) faults.push(`nothing leaves ${city['id']}`);
    return faults;
  });
}

function readNetwork(): SampleNetwork {
  return {
    cities: readTable('gazetteer/cities.csv'),
    hubs: readTable('gazetteer/hubs.csv'),
    metroStations: readTable('sample/metro_stations.csv'),
    metroLines: readTable('sample/metro_lines.csv'),
    flights: readTable('sample/flights.csv'),
    buses: readTable('sample/buses.csv'),
    trains: readTable('sample/trains.csv'),
  };
}

const without = (rows: readonly Row[], found: RegExp): Row[] =>
  rows.filter((row) => !found.test(JSON.stringify(row)));

test('every city of the sample is reachable from every other', () => {
  assert.deepEqual(cutOff(readNetwork()), []);
});

test('a city that loses its lines is found to be cut off', () => {
  const network = readNetwork();
  assert.deepEqual(
    cutOff({
      ...network,
      buses: without(network.buses, /BS-IMPHAL-/),
      flights: without(network.flights, /IMF/),
    }),
    ['nothing reaches imphal', 'nothing leaves imphal'],
  );
  const arrivingOnly = network.flights.filter((row) => row['from'] !== 'IMF');
  assert.deepEqual(
    cutOff({ ...network, buses: without(network.buses, /BS-IMPHAL-/), flights: arrivingOnly }),
    ['nothing leaves imphal'],
  );
});
