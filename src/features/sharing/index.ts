export { getCalendarFeed, getTripCalendar } from './calendarFeed.ts';
export type { Calendar, NewCalendar, NewShare, Share, SharedTrip, ShareInput } from './contract.ts';
export { getCalendars, getShares, makeCalendar, revokeCalendar, revokeShare, shareTrip } from './links.ts';
export { getSharedTrip, type SharingDatabases } from './sharedTrip.ts';
export { tripText } from './smsText.ts';
