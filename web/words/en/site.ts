/** English words of the frame round every page, and those that several pages share. */
import { englishModes } from '../../../src/units/modeNames.ts';
import type { LegMode, PickName, Preference, Price } from '../../search/shapes.ts';

export const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const words = {
  name: 'RouteStitch',
  title: 'RouteStitch: one journey across India’s trains, buses, flights and metros',
  pageTitle: (page: string) => `${page} · RouteStitch`,
  tagline: 'One journey, stitched from trains, buses, flights and metros',
  skip: 'Skip to the main part',
  honesty:
    'RouteStitch sells no tickets. Prices are estimates, not offers: the platform that sells the ticket has the price.',
  interface: 'HTTP interface',
  offline: 'You are offline. What is on the page stays; a new search needs a connection.',
  pages: 'Pages',
  tabs: { search: 'Search', trips: 'Trips', saved: 'Saved', me: 'Me' },
  aboutData: 'About the data',
  operator: 'For the operator',
  styleGuide: 'Style guide',
  languageChoice: 'Language',
  languageChanged: 'This page is in English now.',
  theme: { legend: 'Colours', auto: 'As the device', light: 'Light', dark: 'Dark' },
  loading: 'Loading…',

  notFound: {
    title: 'There is no such page',
    text: 'The address may be mistyped, or what was here is gone.',
  },
  offlinePage: {
    title: 'No connection',
    text: 'This page needs a connection to open. What you opened before can still be read.',
  },
  home: 'Plan a journey',
  broken: 'The page could not be drawn',
  notLoaded: 'This part of the page could not be loaded',
  reload: 'Load it again',

  session: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    signedInAs: (email: string) => `Signed in as ${email}`,
    needed: 'Sign in to keep trips and to see those you kept.',
    why: 'No password: a link by mail signs you in. Searching needs no account.',
  },
  saving: {
    saved: 'Saved to your trips.',
    open: 'Open',
    undone: 'Not saved any more.',
  },
  travellers: { label: 'Travellers', fewer: 'One traveller fewer', more: 'One traveller more' },
  copied: 'Copied.',
  notCopied: 'It could not be copied. Mark the text and copy it.',
  toast: { undo: 'Undo', close: 'Close', undone: 'Undone.' },
  close: 'Close',
  done: 'Done',
  empty: 'Nothing here yet',

  modes: englishModes satisfies Record<LegMode, string>,
  preferences: {
    FASTEST: 'Fastest',
    BALANCED: 'Balanced',
    CHEAPEST: 'Cheapest',
  } satisfies Record<Preference, string>,
  picks: {
    FASTEST: 'Fastest',
    BALANCED: 'Balanced',
    CHEAPEST: 'Cheapest',
    SAFEST: 'Safest',
  } satisfies Record<PickName, string>,
  /** A class of a fare: the interface names it in English. */
  className: (_code: string, name: string) => name,
  certainty: {
    A: 'official',
    B: 'reported',
    C: 'general knowledge',
    D: 'our assumption',
  } satisfies Record<Price['certainty'], string>,
  tripStatus: {
    PLANNED: 'Planned',
    PARTIALLY_BOOKED: 'Partly booked',
    FULLY_BOOKED: 'Booked',
    IN_PROGRESS: 'Under way',
    COMPLETED: 'Over',
    CANCELLED: 'Cancelled',
  },

  problem: {
    title: 'That did not work',
    offlineTitle: 'The server cannot be reached',
    offline: 'Check the connection. What you typed is kept.',
    limitedTitle: 'Too many requests in a short time',
    limited: (seconds: number) => `You can try again in ${count(seconds, 'second', 'seconds')}.`,
    ready: 'You can try again now.',
    kept: 'What you typed is kept.',
    retry: 'Try again',
    code: 'Code',
    request: 'Request',
    unreadable: 'The server answered in a form this page does not know.',
    signIn: 'The session has ended. Sign in again.',
  },

  units: {
    hours: (n: number) => count(n, 'hour', 'hours'),
    minutes: (n: number) => count(n, 'minute', 'minutes'),
    /** Written short: `16 h 15 m`, below an hour `20 min`, because "Walk 20 m" could be metres. */
    duration: (hours: number, minutes: number) =>
      hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes} m`,
    km: (km: string) => `${km} km`,
    party: (n: number) => count(n, 'traveller', 'travellers'),
    /** Joins names: "bus, train and metro". */
    and: (names: readonly string[]) =>
      names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
    about: (price: string) => `about ${price}`,
    changes: (n: number) => (n === 0 ? 'no changes' : count(n, 'change', 'changes')),
  },
};
export type SiteWords = typeof words;
