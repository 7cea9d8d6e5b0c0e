/**
 * A test that cannot fail proves nothing: each fault here is planted into a copy of the engine, and the test that
 * is named must turn red there, while it is green on the copy without faults.
 */
import { type Fault, plantFaults } from './faultPlanting.ts';

const faults: readonly Fault[] = [
  {
    what: 'the look-back is dropped: only runs that began within a day are boarded',
    file: 'src/engine/routing/instances.ts',
    find: 'this.firstDayAt(zone, earliest - departure[column + runs - 1]!)',
    put: 'this.firstDayAt(zone, earliest - Math.min(1439, departure[column + runs - 1]!))',
    redIn: 'test/engine/A08-three-day-run.test.ts',
    red: 'boarded on its third day, where it began two days ago',
  },
  {
    what: 'labels are compared across fare families',
    file: 'src/engine/fares/fareTable.ts',
    find: 'unit.family === family && same(',
    put: 'same(',
    redIn: 'test/engine/B07-families-not-compared.test.ts',
    red: 'runs of one pattern and two families are both kept',
  },
  {
    what: 'on board the cheaper one so far makes the others useless',
    file: 'src/engine/priced/onBoard.ts',
    find: 'price >= other + this.scale.mostIncrease(this.family, metres - this.metres[x]!)',
    put: 'price >= other',
    redIn: 'test/engine/B06-fare-state.test.ts',
    red: 'who boards later has paid more so far and pays less in the end',
  },
  {
    what: 'the dwell is ignored',
    file: 'src/engine/priced/search.ts',
    find: 'ready: labels.ready[label]! + stay',
    put: 'ready: labels.ready[label]! + 0 * stay',
    redIn: 'test/engine/D01-via.test.ts',
    red: 'one stays as long as one must',
  },
  {
    what: '≤ stands for <: who is there at the very minute misses the run',
    file: 'src/engine/routing/instances.ts',
    find: 'if (departure[column + middle]! < minute)',
    put: 'if (departure[column + middle]! <= minute)',
    redIn: 'test/engine/A01-direct-run.test.ts',
    red: 'a run that leaves at the very minute is caught, among others and alone',
  },
  {
    what: '≤ stands for <: the last minute of a window is left out',
    file: 'src/engine/routing/rangeDepartures.ts',
    find: 'if (leave > query.time + window) break;',
    put: 'if (leave >= query.time + window) break;',
    redIn: 'test/engine/C01-range.test.ts',
    red: 'the window counts to its last minute',
  },
  {
    what: 'the horizon ends a minute early',
    file: 'src/engine/priced/search.ts',
    find: 'this.windows.compute(query, query.time + horizon)',
    put: 'this.windows.compute(query, query.time + horizon - 1)',
    redIn: 'test/engine/B10-priced-horizon.test.ts',
    red: 'three days are looked at, to the minute',
  },
  {
    what: 'who holds no ticket makes useless who may ride on with one',
    file: 'src/engine/priced/tickets.ts',
    find: 'if (uses > 0) sum += uses * this.most[family]!;',
    put: '',
    redIn: 'test/engine/B17-transfer-allowance.test.ts',
    red: 'dearer so far, with a ticket that saves more',
  },
  {
    what: 'only the first run is boarded where a ticket bought later would still run',
    file: 'src/engine/priced/scan.ts',
    find: 'late || (scale.transferCount[family]! > 0 && this.round.ridesLeft > 0)',
    put: 'late',
    redIn: 'test/engine/B17-transfer-allowance.test.ts',
    red: 'a ticket bought later still runs',
  },
  {
    what: 'one may stay at a via as long as one likes',
    file: 'src/engine/priced/search.ts',
    find: 'until: goal.lastDeparture(label)',
    put: 'until: NEVER',
    redIn: 'test/engine/D04-longest-stay.test.ts',
    red: 'the last minute of the stay is one of them',
  },
  {
    what: 'quiet hours are not looked at',
    file: 'src/engine/priced/scan.ts',
    find: 'quiet.after(stop, minute) !== minute',
    put: 'quiet.after(stop, minute) < minute',
    redIn: 'test/engine/B18-quiet-hours-priced.test.ts',
    red: 'nobody boards in the quiet hours, but rides on in them',
  },
  {
    what: '≤ stands for <: a band of kilometres ends before its last one',
    file: 'src/engine/fares/fareScale.ts',
    find: 'Math.floor(1000 * upToKm + 1e-6) + 0.5',
    put: 'Math.floor(1000 * upToKm + 1e-6) - 0.5',
    redIn: 'test/engine/B15-steps.test.ts',
    red: 'the last kilometre of a band belongs to it',
  },
];

plantFaults(['src/engine', 'src/units', 'test/engine', 'test/properties'], faults);
