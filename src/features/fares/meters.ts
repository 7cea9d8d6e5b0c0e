import { composeFare, offering } from './compose.ts';
import type { Fare, FareItem, FareNote, RideFares } from './contract.ts';
import { inForce } from '../rule-tables/index.ts';
import { checkParty, headsOf, vehiclesFor } from './party.ts';
import type { FareQuestion, FareRide } from './ride.ts';
import type { FareTables, Meter } from './tables.ts';
import { amounts, item, times } from './ticket.ts';

/**
 * Autos and taxis: the meters of the city, else what apps ask; each vehicle type is a class. The first one that the
 * table has is usual. Who travels cheaply, or would need several of it, takes the least for the whole party: five
 * persons take one XL, not two cabs. A bike is offered and never chosen for somebody: it takes no luggage.
 */
export function meterFares(tables: FareTables, ride: FareRide, question: FareQuestion): RideFares | null {
  checkParty(question.party);
  const heads = headsOf(question.party);
  const offered = meterRows(tables, ride)
    // A bike carries one; a party of three does not hire three.
    .filter(({ capacity }) => capacity > 1 || heads === 1)
    .map((row) => meterFare(row, ride, heads));
  const [first] = offered;
  const cheapest = offered.toSorted((a, b) => a.likelyMinor - b.likelyMinor)[0];
  const thrifty = question.preference === 'CHEAPEST' || (first?.units ?? 1) > 1;
  return offering(offered, question, (thrifty && ride.mode === 'taxi' ? cheapest : first)?.classCode);
}

function meterRows(tables: FareTables, { mode, cityId, km, travelDate }: FareRide): readonly Meter[] {
  const fit = tables.meters.filter(
    (row) => row.vehicle === mode && inForce(row, travelDate) && km >= row.from_km,
  );
  const far = fit.filter((row) => row.from_km > 0);
  if (far.length > 0) return far;
  const own = fit.filter((row) => cityId !== null && row.cities.includes(cityId));
  const app = fit.filter((row) => row.cities.length === 0);
  // Where there is a meter, an app cab of the same kind is no separate choice; larger ones are.
  return own.length > 0 ? [...own, ...app.filter(({ capacity }) => capacity > (own[0]?.capacity ?? 0))] : app;
}

function meterFare(row: Meter, ride: FareRide, heads: number): Fare {
  const night = isNight(row, ride.clock);
  const day =
    row.base_minor +
    Math.max(0, ride.km - row.included_km) * row.per_km_minor +
    ride.minutes * row.per_minute_minor;
  const metered = amounts(day * (night ? 1 + row.night_percent / 100 : 1));
  const extras: FareItem[] = [];
  if (row.luggage_minor > 0)
    extras.push(item('LUGGAGE', 'luggage, if any', amounts(0, 0, row.luggage_minor)));
  if (ride.pickedUpAtHub && row.pickup_high_minor > 0) {
    const [low, high] = [row.pickup_low_minor, row.pickup_high_minor];
    extras.push(item('PICKUP', 'pick-up at a station or airport', amounts(low, (low + high) / 2, high)));
  }
  const units = vehiclesFor(heads, row.capacity);
  const notes: FareNote[] = [];
  if (night && row.night_percent > 0)
    notes.push({ code: 'NIGHT_TARIFF', text: `Night tariff: ${row.night_percent} % more` });
  if (units > 1) notes.push({ code: 'VEHICLES', text: `${heads} persons need ${units} vehicles` });
  return composeFare({
    classCode: row.code,
    class: row.class,
    per: 'VEHICLE',
    units,
    tickets: Array.from({ length: units }, () => 1),
    ticket: {
      base: times(metered, 1 + row.low_percent / 100, 1, 1 + row.high_percent / 100),
      baseText: night ? 'by distance, night tariff' : 'by distance',
      taxed: [],
      taxPercent: 0,
      untaxed: extras,
      roundUpMinor: row.round_up_minor,
    },
    notes,
    basis: row.basis,
    rows: [row],
  });
}

/** Night windows go over midnight. */
function isNight({ night_from, night_to }: Meter, clock: number): boolean {
  if (night_from === null || night_to === null) return false;
  return night_from <= night_to
    ? clock >= night_from && clock < night_to
    : clock >= night_from || clock < night_to;
}
