import { AppError } from '../../errors.ts';
import type { Fare, FareNote, RideFares, Ticket } from './contract.ts';
import { type Sourced, weakest } from './weakest.ts';
import type { FareQuestion } from './ride.ts';
import { item, itemsOf, merged, plus, times } from './ticket.ts';

export interface FareParts {
  readonly classCode: string;
  readonly class: string;
  readonly per: Fare['per'];
  /** What one adult or one vehicle pays. */
  readonly ticket: Ticket;
  /** How many pay what; default: `units` times `ticket`. */
  readonly payers?: readonly { readonly ticket: Ticket; readonly count: number }[];
  readonly units: number;
  /** Persons on each ticket; default: one a person, one a vehicle. */
  readonly tickets?: readonly number[];
  readonly notes: readonly FareNote[];
  readonly basis: string;
  /** The rows that made the price; the first is named as its source. */
  readonly rows: readonly [Sourced, ...Sourced[]];
}

/** A fare for the whole party, with a breakdown that sums to it. */
export function composeFare(parts: FareParts): Fare {
  const { ticket, units, rows } = parts;
  const payers = parts.payers ?? [{ ticket, count: units }];
  const breakdown = merged(
    payers.flatMap((payer) =>
      itemsOf(payer.ticket).map((entry) => item(entry.code, entry.text, times(entry, payer.count))),
    ),
  );
  return {
    ...plus(...breakdown),
    currency: 'INR',
    indicative: true,
    classCode: parts.classCode,
    class: parts.class,
    per: parts.per,
    units,
    tickets: [...(parts.tickets ?? Array.from({ length: units }, () => 1))],
    breakdown,
    ticket,
    notes: [...parts.notes],
    basis: parts.basis,
    source: rows[0].source,
    ...weakest(rows),
  };
}

/**
 * The classes of a ride with the one asked for, else the first one wished for, else `usual`, else the first. Throws `INVALID_REQUEST` when a class
 * is asked for that the ride does not have; `null` when it has none at all.
 */
export function offering(
  offered: readonly Fare[],
  { classCode, wished = [] }: Pick<FareQuestion, 'classCode' | 'wished'>,
  usual: string | undefined,
): RideFares | null {
  const [first] = offered;
  if (!first) return null;
  const codes = offered.map((fare) => fare.classCode);
  if (classCode !== undefined && !codes.includes(classCode))
    throw new AppError('INVALID_REQUEST', `There is no class "${classCode}" here, only ${codes.join(', ')}`, {
      facts: { classCode, offered: codes },
    });
  const followed = usual !== undefined && codes.includes(usual) ? usual : first.classCode;
  const chosen = classCode ?? wished.find((code) => codes.includes(code)) ?? followed;
  return { offered: [...offered], chosen };
}
