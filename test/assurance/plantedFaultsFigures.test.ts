/** The operator's figures: what is counted, for whom, and that nobody is found in them. */
import { type Fault, plantFaults } from './faultPlanting.ts';

const figures = 'src/features/analytics/figures.test.ts';
const command = 'src/cli/analytics.test.ts';
const clicks = 'src/features/booking/clicks.test.ts';
const places = 'src/features/places/places.test.ts';

const faults: readonly Fault[] = [
  {
    what: 'days begin at midnight in Greenwich',
    file: 'src/features/analytics/period.ts',
    find: 'instantOf(asEpochDay(day), 0, zone)',
    put: "instantOf(asEpochDay(day), 0, 'UTC')",
    redIn: figures,
    red: 'is the last 30 days, in India unless another zone is named',
  },
  {
    what: 'days are counted in the zone of the database',
    file: 'src/features/analytics/figureStore.ts',
    find: '(created_at AT TIME ZONE $3)::date AS date',
    put: "(created_at AT TIME ZONE ($3 || '')::text AT TIME ZONE 'UTC' - interval '330 minutes')::date AS date",
    redIn: figures,
    red: 'the funnel: searches by day of the zone, what was clicked, what was booked',
  },
  {
    what: 'clicks of before the period are its own',
    file: 'src/features/analytics/figureStore.ts',
    find: "created_at < $2::timestamptz + interval '${CLICK_HOURS} hours'",
    put: "created_at < $2::timestamptz + interval '99 days'",
    redIn: figures,
    red: 'the funnel: searches by day of the zone, what was clicked, what was booked',
  },
  {
    what: 'every search is a visit',
    file: 'src/features/analytics/figureStore.ts',
    find: "extract(epoch FROM date_trunc('hour', created_at))::bigint",
    put: 'extract(epoch FROM created_at)::bigint',
    redIn: figures,
    red: 'one person is no corridor, however often they search',
  },
  {
    what: 'a user is as many visits as networks',
    file: 'src/features/analytics/figureStore.ts',
    find: 'hashtextextended(coalesce(user_id, ip_hash), 0)',
    put: 'hashtextextended(coalesce(user_id || created_at::text, ip_hash), 0)',
    redIn: figures,
    red: 'one person is no corridor, however often they search',
  },
  {
    what: 'few clicks are told',
    file: 'src/features/analytics/figures.ts',
    find: 'count > 0 && count < FEWEST_VISITS ? null : count',
    put: 'count < 0 ? null : count',
    redIn: figures,
    red: 'few clicks and bookings are not told; none and many are',
  },
  {
    what: 'anybody may ask for corridors of one visit',
    file: 'src/features/analytics/contract.ts',
    find: '    .min(FEWEST_VISITS)\n',
    put: '    .min(1)\n',
    redIn: figures,
    red: 'are told when five visits or more were made, and named as the timetable names them',
  },
  {
    what: 'the commission of clicks that led to nothing is expected',
    file: 'src/features/analytics/figureStore.ts',
    find: 'coalesce(sum(commission_minor) FILTER (WHERE did_book), 0)',
    put: 'sum(commission_minor)',
    redIn: figures,
    red: 'platforms: clicks, answers, bookings, and the commission that may be expected of them',
  },
  {
    what: 'figures may write',
    file: 'src/features/analytics/figureStore.ts',
    find: 'REPEATABLE READ, READ ONLY',
    put: 'REPEATABLE READ',
    redIn: figures,
    red: 'figures change nothing',
  },
  {
    what: 'an export is held in memory',
    file: 'src/features/analytics/exportStore.ts',
    find: 'FETCH ${PAGE_ROWS} FROM',
    put: 'FETCH ALL FROM',
    redIn: command,
    red: 'a long export fits into little memory',
  },
  {
    what: 'an export names users unasked',
    file: 'src/features/analytics/exportStore.ts',
    find: '...(personal ? columns[table].personal : [])',
    put: '...columns[table].personal',
    redIn: command,
    red: 'who searched is only in what was asked for by name',
  },
  {
    what: 'a failed export leaves half a file',
    file: 'src/cli/analytics.ts',
    find: '    await rm(part, { force: true });\n',
    put: '',
    redIn: command,
    red: 'a file is there whole and for its owner only, or not at all',
  },
  {
    what: 'the click of a trip names who searched',
    file: 'src/features/booking/createClick.ts',
    find: 'const joined = agreed || userId === null;',
    put: 'const joined = true;',
    redIn: clicks,
    red: 'a click joins its search, unless that would name whoever searched',
  },
  {
    what: 'a corridor is called as whoever searched called it',
    file: 'src/features/places/resolvePlace.ts',
    find: 'if (cityId !== null) return `city:${cityId}`;',
    put: 'if (cityId !== null) return location.id;',
    redIn: places,
    red: 'the area of a place is its city, whatever it is called',
  },
];

plantFaults(['src', 'data', 'bin', 'prisma', 'prisma.config.ts', 'test/support', 'test/golden'], faults);
