export type {
  Amounts,
  Fare,
  FareItem,
  FareMode,
  FareNote,
  RailQuota,
  RideFares,
  Ticket,
} from './contract.ts';
export { type Sourced, weakest } from './weakest.ts';
export { type EngineFareQuestion, EngineFares, type FareLine } from './engineFares.ts';
export { classCodesOf } from './classCodes.ts';
export { chosenFare, faresOf } from './faresOf.ts';
export { nameFits, namesCell } from './names.ts';
export { headsOf, type Party, splitParty, vehiclesFor } from './party.ts';
export { trainOf } from './rail.ts';
export type { FareQuestion, FareRide, FeedFare } from './ride.ts';
export { type FareTables, readFareTables } from './tables.ts';
export { paidRides, type TimedRide } from './throughFares.ts';
export { itemsOf, plus, times, totalOf, withBase } from './ticket.ts';
