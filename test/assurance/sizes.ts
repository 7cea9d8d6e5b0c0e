/** `npm run assurance` runs these tests at full size; `npm test` at one that shows the same faults in seconds. */
export const drill = process.env['ROUTESTITCH_DRILL'] === '1';

export const sized = <Value>(ci: Value, full: Value): Value => (drill ? full : ci);
