export { AnalyticsWriter } from './analyticsWriter.ts';
export { lossCheck } from './lossCheck.ts';
export { recordAnonymousOutcome } from './recordAnonymousOutcome.ts';
export { recordBookingClick } from './recordBookingClick.ts';
export { type AnsweredClick, type ClickOutcome, recordBookingOutcome } from './recordBookingOutcome.ts';
export { trackClickedRoute } from './trackClickedRoute.ts';
export { type TrackedSearch, trackSearchQuery, type Visitor } from './trackSearchQuery.ts';
export { truncatedAddress, truncatedUserAgent, visitorHash } from './visitor.ts';
export { bookingClickAddress, writeBookingClick } from './writeBookingClick.ts';
