import type { ErrorCode } from '../errors.ts';

interface Advice {
  /** What has happened. */
  readonly meaning: string;
  /** What a program, or the person behind it, can do. */
  readonly remedy: string;
}

/** Every code that a problem may have, for those who write programs against the API. A code never changes. */
export const problemGuide: Readonly<Record<ErrorCode, Advice>> = {
  INVALID_REQUEST: {
    meaning: 'The request does not have the described shape.',
    remedy: '`fields` names each fault. The same request fails again.',
  },
  UNAUTHENTICATED: {
    meaning: 'No session, or one that has ended.',
    remedy: 'Send the person to `/auth/signin`.',
  },
  FORBIDDEN: {
    meaning: 'For administrators only; or a write that a page of another origin began.',
    remedy: 'Ask from a page of this address, or leave the cookie out.',
  },
  SIGN_IN_AGAIN: {
    meaning: 'An administrator changes something only within ten minutes of signing in.',
    remedy: 'Send the person to `/auth/signin` with `returnTo`, and send it again.',
  },
  NOT_FOUND: {
    meaning: 'Nothing is here for this user. What belongs to somebody else is answered alike.',
    remedy: 'Read the list again: it may have been deleted.',
  },
  METHOD_NOT_ALLOWED: {
    meaning: 'The address is right, the method is not.',
    remedy: 'Use one of the header `Allow`.',
  },
  CONFLICT: {
    meaning: 'Another change came first, or this would undo one.',
    remedy: 'Read again, decide, and write again.',
  },
  PAYLOAD_TOO_LARGE: {
    meaning: 'The body is larger than this route reads.',
    remedy: 'Send at most `facts.maxBytes`; of a route, leave out `fares`.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: 'The body is no JSON.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  UNPROCESSABLE: {
    meaning:
      'The shape is right, but it cannot be done: a past date, two equal places, a leg that is not there.',
    remedy: 'Show `detail`; `facts.field` names the field where there is one.',
  },
  PLACE_NOT_FOUND: {
    meaning: 'No place is known by this text.',
    remedy: 'Offer `facts.suggestions`, or ask `GET /api/v1/places`.',
  },
  RATE_LIMITED: {
    meaning: 'More requests in a minute than are answered.',
    remedy: 'Wait as many seconds as `Retry-After` says.',
  },
  NO_ACTIVE_NETWORK: {
    meaning: 'The server has no timetable.',
    remedy: 'Its operator activates one: `routestitch network activate ID`.',
  },
  TIMED_OUT: {
    meaning: 'There was no answer in time.',
    remedy: 'Try again; a write with its `Idempotency-Key`, so that it is done once.',
  },
  OVERLOADED: {
    meaning: 'More is asked at the moment than can be answered soon; nothing was done.',
    remedy: 'Wait as many seconds as `Retry-After` says.',
  },
  DRAINING: {
    meaning: 'The server is stopping; another one may have taken over.',
    remedy: 'Ask again on a new connection.',
  },
  UNAVAILABLE: {
    meaning: 'A part that is needed is busy or not configured.',
    remedy: 'Try again in a minute; a write with its `Idempotency-Key`.',
  },
  FEED_UNREADABLE: { meaning: 'The file is no GTFS feed.', remedy: 'See `detail` for the file and row.' },
  FEED_REJECTED: {
    meaning: 'The feed has faults that would mislead travellers.',
    remedy: 'See its notices: `routestitch network notices ID`.',
  },
  CONFIGURATION: { meaning: 'The server is not set up rightly.', remedy: 'Tell its operator.' },
  DATABASE: { meaning: 'The database cannot be reached.', remedy: 'Try again in a minute.' },
  INTERNAL: {
    meaning: 'A fault of the server.',
    remedy: 'Try again once; if it stays, tell its operator the `requestId`.',
  },
};
