/** The properties that hold for every timetable: what each of them is there for, planted into the engine. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const dominance = 'test/properties/dominance.test.ts';
const replayed = 'test/properties/replayed.test.ts';
const shift = 'test/properties/shift.test.ts';
const addedRun = 'test/properties/addedRun.test.ts';
const limits = 'test/properties/limits.test.ts';

const faults: readonly Fault[] = [
  {
    what: '≥ stands for >: more rides for the same departure are offered',
    file: 'src/engine/routing/backward.ts',
    find: '      if (leave > this.limit)\n',
    put: '      if (leave >= this.limit)\n',
    redIn: dominance,
    red: 'by rides and time: earliest arrivals, latest departures, ranges',
  },
  {
    what: '> stands for ≥: a later arrival at the same price stays on the front',
    file: 'src/engine/priced/front.ts',
    find: 'own[end]!.price >= price) end++',
    put: 'own[end]!.price > price) end++',
    redIn: dominance,
    red: 'with stop-overs, priced and by time alone',
  },
  {
    what: 'a change within a range takes no time',
    file: 'src/engine/routing/range.ts',
    find: 'const earliest = ready[stop]! + boardWait;',
    put: 'const earliest = ready[stop]!;',
    redIn: replayed,
    red: 'ranges: within the window',
  },
  {
    what: 'a change of a priced journey takes no time',
    file: 'src/engine/priced/scan.ts',
    find: 'labels.ready[label]! + boardWait)',
    put: 'labels.ready[label]!)',
    redIn: replayed,
    red: 'for nothing: a priced search finds the earliest arrivals, within its horizon',
  },
  {
    what: 'who goes on by a link does not stay at the via',
    file: 'src/engine/priced/search.ts',
    find: 'setOut: labels.ready[label]! + dwell',
    put: 'setOut: labels.ready[label]!',
    redIn: replayed,
    red: 'over stop-overs: each is visited in its turn, for as long as asked',
  },
  {
    what: 'first rides of the first day are not looked at',
    file: 'src/engine/routing/rangeDepartures.ts',
    find: 'let low = 0;',
    put: 'let low = 1;',
    redIn: shift,
    red: 'latest departures and ranges',
  },
  {
    what: 'nothing is caught on the first day',
    file: 'src/engine/routing/instances.ts',
    find: 'if (passed <= 0) return 0;',
    put: 'if (passed <= 0) return Math.min(1, dayCount);',
    redIn: shift,
    red: 'priced fronts, with stop-overs and without',
  },
  {
    what: 'only six departures of a window are looked at',
    file: 'src/engine/routing/rangeDepartures.ts',
    find: 'return found.toSorted((a, b) => b.leave - a.leave);',
    put: 'return found.toSorted((a, b) => b.leave - a.leave).slice(0, 6);',
    redIn: addedRun,
    red: 'latest departures and ranges',
  },
  {
    what: 'where someone is on board nobody else boards',
    file: 'src/engine/priced/scan.ts',
    find: 'if (minute > this.round.last || !visitor.boards(',
    put: 'if (this.passengers.count > 0 || minute > this.round.last || !visitor.boards(',
    redIn: addedRun,
    red: 'priced fronts',
  },
  {
    what: 'a window is counted in whole hours',
    file: 'src/engine/routing/rangeDepartures.ts',
    find: 'if (leave > query.time + window) break;',
    put: 'if (leave > query.time + window - (window % 60)) break;',
    redIn: limits,
    red: 'a range keeps the members of a narrower one, but for those beaten by leaving later',
  },
  {
    what: 'the last departures are looked for within half of the horizon',
    file: 'src/engine/routing/backward.ts',
    find: 'query.time - (query.horizon ?? NEVER / 2) - 1)',
    put: 'query.time - (query.horizon ?? NEVER / 2) / 2)',
    redIn: limits,
    red: 'more rides, or a wider horizon, leave the fronts within as they were',
  },
  {
    what: 'a member with more rides drives out one with fewer',
    file: 'src/engine/priced/front.ts',
    find: 'for (let most = rides; most < this.members.length; most++) {',
    put: 'for (let most = 0; most < this.members.length; most++) {',
    redIn: limits,
    red: 'priced fronts: more rides, or a wider horizon',
  },
];

plantFaults(['src/engine', 'src/units', 'test/engine', 'test/properties', 'test/assurance/sizes.ts'], faults);
