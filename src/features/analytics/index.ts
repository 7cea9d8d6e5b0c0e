export { AnalyticsWriter } from './analyticsWriter.ts';
export { recordBookingClick } from './recordBookingClick.ts';
export { type AnsweredClick, recordBookingOutcome } from './recordBookingOutcome.ts';
export { trackClickedRoute } from './trackClickedRoute.ts';
export { type TrackedSearch, trackSearchQuery } from './trackSearchQuery.ts';
export { truncatedAddress, truncatedUserAgent, visitorHash } from './visitor.ts';
export { bookingClickAddress, writeBookingClick } from './writeBookingClick.ts';
