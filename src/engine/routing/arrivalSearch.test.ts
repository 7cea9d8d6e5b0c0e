import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timetable } from '../../../test/engine/support/timetable.ts';
import { compileTimetable } from '../timetable/compile.ts';
import { asStop } from '../timetable/indexes.ts';
import { allModes } from '../timetable/modes.ts';
import { ArrivalSearch } from './arrivalSearch.ts';
import { LowerMinutes } from './lowerMinutes.ts';

/** Were it to say so without need, answers would be right all the same, by the slower search by rounds. */
test('it says that there are too many rides only when there are', () => {
  const image = compileTimetable(timetable('R1 bus: A 08:00, B 08:30\nR2 bus: B 08:40, C 09:00'));
  const search = new ArrivalSearch(image, new LowerMinutes(image));
  const ask = (maxRides: number) =>
    search.run({
      access: [{ stop: asStop(0), minutes: 0 }],
      egress: [{ stop: asStop(2), minutes: 0 }],
      time: 0,
      maxRides,
      changeMinutes: 0,
      modes: allModes,
      links: true,
    });
  const { journey, tooManyRides } = ask(2);
  assert.deepEqual([journey?.rides, tooManyRides], [2, false]);
  assert.deepEqual(ask(1), { journey: undefined, tooManyRides: true, cut: false });
});
