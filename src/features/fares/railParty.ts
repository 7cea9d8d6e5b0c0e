import type { FareNote, Ticket } from './contract.ts';
import { inForce } from '../rule-tables/index.ts';
import { checkParty, splitParty } from './party.ts';
import type { FareQuestion } from './ride.ts';
import type { FareTables } from './tables.ts';
import { withBase } from './ticket.ts';

interface RailPayers {
  readonly payers: readonly { readonly ticket: Ticket; readonly count: number }[];
  readonly units: number;
  readonly tickets: readonly number[];
  readonly notes: readonly FareNote[];
}

/**
 * Who of a party pays what by rail, and on how many tickets. A child that may go for half without a berth of its own
 * is at the low end half, else with a berth; fees are not halved. Children who travel free are on no ticket.
 */
export function railPayers(
  tables: FareTables,
  { party, bookingDate }: Pick<FareQuestion, 'party' | 'bookingDate'>,
  ticket: Ticket,
  perTicket: number,
): RailPayers {
  checkParty(party);
  const rules = tables.railChildren.filter((row) => inForce(row, bookingDate));
  const payers = new Map<string, { ticket: Ticket; count: number }>();
  const add = (percent: number, berth: number): void => {
    const key = `${percent} ${berth}`;
    const count = (payers.get(key)?.count ?? 0) + 1;
    payers.set(key, { ticket: withBase(ticket, percent / 100, berth / 100), count });
  };
  for (let adult = 0; adult < party.adults; adult++) add(100, 100);
  for (const age of party.childAges) {
    const rule = rules.find((row) => age >= row.from_age && age <= row.to_age);
    if (!rule) add(100, 100);
    else if (rule.percent > 0) add(rule.percent, rule.percent_with_berth);
  }
  const units = [...payers.values()].reduce((sum, { count }) => sum + count, 0);
  const tickets = units === 0 ? [] : splitParty(units, perTicket);
  const notes: FareNote[] = [];
  if (tickets.length > 1)
    notes.push({
      code: 'PARTY_SPLIT',
      text: `A ticket holds at most ${perTicket} passengers: book ${tickets.join(' + ')}`,
    });
  if (party.childAges.some((age) => rules.some((row) => age >= row.from_age && age <= row.to_age)))
    notes.push({ code: 'CHILDREN', text: rules.map(({ source }) => source).join('; ') });
  return { payers: [...payers.values()], units, tickets, notes };
}
