export { advanceTripStatuses } from './advanceTripStatuses.ts';
export { cancelTrip, uncancelTrip } from './cancelTrip.ts';
export type {
  BatchDetails,
  BookingDetails,
  BookingLeg,
  KeptRoute,
  ReplanOptions,
  Trip,
  TripChanges,
  TripInput,
  TripPage,
  TripPageQuery,
  TripSummary,
} from './contract.ts';
export { createTrip } from './createTrip.ts';
export { deleteTrip } from './deleteTrip.ts';
export { getTrip } from './getTrip.ts';
export { getTripsAhead } from './getTripsAhead.ts';
export { getUserTrips } from './getUserTrips.ts';
export { type BookedLegs, markAllLegsBooked } from './markAllLegsBooked.ts';
export { markLegBooked } from './markLegBooked.ts';
export { markLegsOfTrip } from './markLegsOfTrip.ts';
export { replanLeg, type ReplanServices } from './replanLeg.ts';
export { selectRoute } from './selectRoute.ts';
export { unbookLeg } from './unbookLeg.ts';
export { updateTrip } from './updateTrip.ts';
