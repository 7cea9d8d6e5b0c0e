/** Means of transport that run to a timetable, as small numbers: they index tables and name bits of a mask. */
export const modes = {
  train: 0,
  bus: 1,
  flight: 2,
  metro: 3,
  tram: 4,
  ferry: 5,
  other: 6,
} as const;
export type ModeName = keyof typeof modes;
export type Mode = (typeof modes)[ModeName];

/** `modeNames[mode]` is the name of a mode. */
export const modeNames = Object.keys(modes) as readonly ModeName[];
export const modeCount = modeNames.length;

/** The mask that lets every mode pass. */
export const allModes = (1 << modeCount) - 1;
export const modeBit = (mode: number): number => 1 << mode;
export const modeName = (mode: number): ModeName => modeNames[mode] ?? 'other';

/** The mask of the named modes: `modeMask(['train', 'bus'])`. */
export const modeMask = (names: readonly ModeName[]): number =>
  names.reduce((mask, name) => mask | modeBit(modes[name]), 0);

const basic: Readonly<Record<number, Mode>> = {
  0: modes.tram,
  1: modes.metro,
  2: modes.train,
  3: modes.bus,
  4: modes.ferry,
  5: modes.tram,
  11: modes.bus,
  12: modes.metro,
};

/** Hundreds of the extended route types (https://developers.google.com/transit/gtfs/reference/extended-route-types). */
const extended: Readonly<Record<number, Mode>> = {
  1: modes.train, // 109, suburban railway, included: it is sold and announced as a train
  2: modes.bus,
  3: modes.train, // suburban railway of the older TPEG table
  4: modes.metro,
  5: modes.metro,
  6: modes.metro,
  7: modes.bus,
  8: modes.bus, // trolleybus
  9: modes.tram,
  10: modes.ferry,
  11: modes.flight,
  12: modes.ferry,
};

/** The engine's mode of a GTFS `route_type`, basic or extended; `other` for cable cars, taxis and unknown ones. */
export function modeOfRouteType(routeType: number): Mode {
  return (routeType < 100 ? basic[routeType] : extended[Math.floor(routeType / 100)]) ?? modes.other;
}
