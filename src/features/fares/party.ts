import { AppError } from '../../errors.ts';

/** Who travels. Children count beside the adults; their ages decide what they pay by rail. */
export interface Party {
  readonly adults: number;
  readonly childAges: readonly number[];
}

/** Persons who need a seat in a vehicle or on a bus: everyone. */
export const headsOf = ({ adults, childAges }: Party): number => adults + childAges.length;

/** Vehicles that a party needs; a vehicle is paid for whole. */
export const vehiclesFor = (heads: number, capacity: number): number => Math.ceil(heads / capacity);

/**
 * Divides persons among as few tickets as may hold them, as evenly as can be, so that nobody travels on a ticket
 * alone without need: 7 persons at 6 a ticket are 4 and 3.
 */
export function splitParty(persons: number, perTicket: number): number[] {
  const tickets = Math.ceil(persons / perTicket);
  const least = Math.floor(persons / tickets);
  const more = persons - least * tickets;
  return Array.from({ length: tickets }, (_, index) => (index < more ? least + 1 : least));
}

/** Throws `INVALID_REQUEST` for a party that cannot travel. */
export function checkParty({ adults, childAges }: Party): void {
  const wrong = childAges.find((age) => !Number.isInteger(age) || age < 0 || age > 17);
  if (wrong !== undefined)
    throw new AppError('INVALID_REQUEST', `A child's age must be a whole number from 0 to 17, not ${wrong}`);
  if (!Number.isInteger(adults) || adults < 0 || adults + childAges.length < 1)
    throw new AppError('INVALID_REQUEST', 'A party has at least one person');
}
