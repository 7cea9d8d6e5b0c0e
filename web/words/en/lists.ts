/** English words of the lists of trips and of saved routes. */
import { count } from './site.ts';

export const words = {
  trips: {
    title: 'My trips',
    views: 'Which trips',
    view: { upcoming: 'Upcoming', now: 'Now', past: 'Past', archive: 'Archived' },
    empty: {
      upcoming: 'No trip ahead',
      now: 'No trip under way',
      past: 'No trip behind you yet',
      archive: 'The archive is empty',
    },
    emptyText: {
      upcoming: 'Search a journey and save one of the options: it is kept here, booked leg by leg.',
      now: 'A trip stands here from its departure to its arrival.',
      past: 'Trips that are over or cancelled stand here.',
      archive: 'Trips of more than half a year ago are moved here by themselves.',
    },
    search: 'Plan a journey',
    more: 'More',
    loaded: (n: number) => `${count(n, 'trip', 'trips')} shown.`,
    booked: (booked: number, all: number) => `${booked} of ${count(all, 'leg', 'legs')} booked`,
    noRoute: 'No route chosen',
    restore: 'Take back',
  },

  saved: {
    title: 'Saved routes',
    empty: 'No saved route',
    emptyText: 'Keep the route of a trip that you make again and again: it is searched anew with one tap.',
    trips: 'My trips',
    run: 'Search for today',
    used: (n: number) => (n === 0 ? 'not used yet' : `used ${count(n, 'time', 'times')}`),
    last: (day: string) => `last ${day}`,
    via: (names: string) => `via ${names}`,
    rename: 'Rename',
    remove: 'Delete',
    removed: (name: string) => `Deleted: ${name}.`,
    renamed: 'Renamed.',
    renameTitle: 'Name of the route',
    name: 'Name',
    nameHint: 'As “Home for Diwali”. Without a name it is called by its ends.',
    save: 'Save',
    more: 'More',
  },
};
export type ListWords = typeof words;
