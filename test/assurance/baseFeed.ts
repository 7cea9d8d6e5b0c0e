/**
 * A small sound feed for the mutations: 6 lines, 20 stops, 60 trips of 4 calls; runs over midnight, frequencies,
 * transfers, exceptions to the calendar, shapes. Lines of the files are known, so that a table can name them.
 */

export type Table = 'agency' | 'stops' | 'routes' | 'calendar' | 'calendar_dates' | 'trips' | 'stop_times';
export type OtherTable = 'frequencies' | 'transfers' | 'shapes';
export type BaseTables = Readonly<Record<`${Table | OtherTable}.txt`, string>>;

const LINES = 6;
const TRIPS = 10;
const CALLS = 4;
const OVERNIGHT = 2;
const METRO = 5;
const MINUTES_APART = 30;

const table = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const two = (number: number): string => String(number).padStart(2, '0');
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`;

/** S01–S18 on lines 2–19, the station ST on line 20, its platform P1 on line 21. */
const stops = (): string[] => [
  ...range(18).map(
    (i) =>
      `S${two(i + 1)},Stop ${i + 1},${(20 + 0.2 * (i % 6)).toFixed(2)},${75 + 0.2 * Math.floor(i / 6)},0,`,
  ),
  'ST,Great Station,21.00,75.6,1,',
  'P1,Great Station platform 1,21.00,75.61,0,ST',
];

/** Line 1 calls at S01–S04, line 2 at S04–S07 …; the last line ends at P1. */
function stopOf(line: number, call: number): string {
  const stop = 3 * line + call;
  return stop < 18 ? `S${two(stop + 1)}` : 'P1';
}

/** Line 2 leaves from 22:00 on, so that it arrives after midnight; the others from 06:00 on, each hour. */
const startOf = (line: number, trip: number): number =>
  line + 1 === OVERNIGHT ? 22 * 60 + 10 * trip : 6 * 60 + 60 * trip;

/** Trip `L3-7` stands on line 2 + 10 × 2 + 6 of trips.txt and begins on line 2 + 4 × 26 of stop_times.txt. */
export const baseFeed: BaseTables = {
  'agency.txt': table(
    'agency_id,agency_name,agency_url,agency_timezone',
    'RS,Sample Railways,https://rail.example,Asia/Kolkata',
  ),
  'stops.txt': table('stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station', ...stops()),
  'routes.txt': table(
    'route_id,agency_id,route_short_name,route_long_name,route_type,route_color',
    ...range(LINES).map(
      (line) => `L${line + 1},RS,${12001 + line},Line ${line + 1},${[2, 2, 3, 3, 1, 2][line]},0088FF`,
    ),
  ),
  'calendar.txt': table(
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
    'D,1,1,1,1,1,1,1,20260101,20261231',
    'W,1,1,1,1,1,0,0,20260101,20261231',
  ),
  'calendar_dates.txt': table('service_id,date,exception_type', 'D,20260815,2', 'W,20260307,1'),
  'trips.txt': table(
    'route_id,service_id,trip_id,trip_headsign,block_id,shape_id',
    ...range(LINES * TRIPS).map((k) => {
      const [line, trip] = [Math.floor(k / TRIPS), k % TRIPS];
      return `L${line + 1},${line === 3 ? 'W' : 'D'},L${line + 1}-${trip + 1},To ${stopOf(line, 3)},,${line === 0 ? 'way' : ''}`;
    }),
  ),
  'stop_times.txt': table(
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    ...range(LINES * TRIPS * CALLS).map((row) => {
      const [k, call] = [Math.floor(row / CALLS), row % CALLS];
      const [line, trip] = [Math.floor(k / TRIPS), k % TRIPS];
      const time = clock(startOf(line, trip) + MINUTES_APART * call);
      return `L${line + 1}-${trip + 1},${time},${time},${stopOf(line, call)},${call + 1}`;
    }),
  ),
  'frequencies.txt': table(
    'trip_id,start_time,end_time,headway_secs,exact_times',
    `L${METRO}-1,06:00:00,08:00:00,600,0`,
    `L${METRO}-1,08:00:00,11:00:00,300,0`,
  ),
  'transfers.txt': table('from_stop_id,to_stop_id,transfer_type,min_transfer_time', 'S18,P1,2,300'),
  'shapes.txt': table(
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled',
    'way,20.00,75.0,1,0',
    'way,20.21,75.02,2,22',
    'way,20.40,75.0,3,44',
    'way,20.60,75.0,4,66',
  ),
};
