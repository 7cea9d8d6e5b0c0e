import { type FeedFiles, lines, smallFeed } from './gtfsFeed.ts';

/** Trains of `smallFeed`, and a bus on to a stop whose clock is New York's. */
export const zonedFeed: FeedFiles = {
  ...smallFeed,
  'stops.txt': lines(
    'stop_id,stop_name,stop_lat,stop_lon,stop_timezone',
    'A,Alpha,20,75,',
    'B,Beta,20.5,75,',
    'C,Gamma,21,75,',
    'D,Delta,21.1,75,America/New_York',
  ),
  'routes.txt': `${smallFeed['routes.txt']}B,IR,,Bus,3,\n`,
  'trips.txt': `${smallFeed['trips.txt']}B,D,B1,Delta\n`,
  'stop_times.txt':
    smallFeed['stop_times.txt'] + lines('B1,12:08:00,12:08:00,C,1', 'B1,12:30:00,12:30:00,D,2'),
};
