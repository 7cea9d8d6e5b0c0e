import assert from 'node:assert/strict';
import type { Journey, LinkLeg, RideLeg } from '../../src/engine/routing/journey.ts';
import type { Query } from '../../src/engine/routing/query.ts';
import type { NetworkImage } from '../../src/engine/timetable/image.ts';
import { NO_ALIGHTING, NO_BOARDING } from '../../src/engine/timetable/input.ts';
import type { TimetableInput } from '../../src/engine/timetable/input.ts';
import { modeBit, modeOfRouteType } from '../../src/engine/timetable/modes.ts';

/** Travels a journey on the raw timetable; fails where a traveller would. */
export function replay(input: TimetableInput, image: NetworkImage, query: Query, journey: Journey): void {
  const { access, egress, legs } = journey;
  assert.ok(query.access.includes(access) && query.egress.includes(egress), 'endpoints of the query');
  let at: number = access.stop;
  let ready = journey.departure + access.minutes;
  let rides = 0;
  legs.forEach((leg, index) => {
    assert.equal(leg.from, at, 'a leg begins where the one before ended');
    if (leg.kind === 'link') {
      assert.ok(index === 0 || legs[index - 1]!.kind === 'ride', 'two links in a row');
      ready = replayLink(input, query, leg, ready);
    } else ready = replayRide(input, image, query, leg, ready, rides++ > 0);
    at = leg.to;
  });
  assert.ok(legs.length > 0, 'a journey goes somewhere');
  assert.equal(at, egress.stop);
  assert.equal(journey.arrival, ready + egress.minutes);
  assert.equal(journey.rides, rides);
  assert.ok(rides <= query.maxRides && rides >= (query.minRides ?? 0));
}

function replayLink(input: TimetableInput, query: Query, leg: LinkLeg, ready: number): number {
  assert.ok(query.links);
  assert.ok(leg.departure >= ready);
  const minutes = leg.arrival - leg.departure;
  assert.ok(
    input.links.some(
      (link) =>
        link.from === leg.from &&
        link.to === leg.to &&
        link.kind === leg.linkKind &&
        link.minutes === minutes,
    ),
    'the link exists',
  );
  return leg.arrival;
}

function replayRide(
  input: TimetableInput,
  image: NetworkImage,
  query: Query,
  leg: RideLeg,
  ready: number,
  changes: boolean,
): number {
  const { id } = image.run(leg.run);
  const index = input.runs.findIndex((run) => run.id === id);
  const run = input.runs[index]!;
  const service = input.services[run.service]!;
  const { offsets, stop, arrival, departure, flags } = input.stopTimes;
  const board = offsets[index]! + leg.boardCall;
  const alight = offsets[index]! + leg.alightCall;
  const start = input.zones[service.zone]!.dayStart[leg.day]!;
  const mode = modeOfRouteType(input.lines[run.line]!.routeType);
  assert.equal(service.days[leg.day], 1, 'the run runs on that day');
  assert.ok(leg.boardCall < leg.alightCall && alight < offsets[index + 1]!);
  assert.ok(!(flags[board]! & NO_BOARDING) && !(flags[alight]! & NO_ALIGHTING), 'boarding rules');
  assert.deepEqual([stop[board], stop[alight]], [leg.from, leg.to]);
  assert.deepEqual([start + departure[board]!, start + arrival[alight]!], [leg.departure, leg.arrival]);
  assert.deepEqual([run.line, mode], [leg.line, leg.mode]);
  assert.ok(query.modes & modeBit(mode), 'a permitted mode');
  const wait = Math.max(changes ? query.changeMinutes : 0, query.boardMinutes?.[mode] ?? 0);
  assert.ok(ready + wait <= leg.departure, 'in time for boarding');
  return leg.arrival + (query.alightMinutes?.[mode] ?? 0);
}
