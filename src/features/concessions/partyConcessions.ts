import { AppError } from '../../errors.ts';
import { plus, times } from '../fares/index.ts';
import { concessionsFor } from './concessionsFor.ts';
import type { LegConcessions, PartyConcessions, Traveller } from './contract.ts';
import type { ConcessionRide } from './judge.ts';
import type { ConcessionRule } from './rules.ts';

/**
 * What the described travellers of a party save on a ride, each for one person; everyone else pays in full. An escort
 * is to be described as a traveller of its own or by `escorted`, not both. Throws `INVALID_REQUEST` when more
 * travellers are described than pay for a seat.
 */
export function partyConcessions(
  rules: readonly ConcessionRule[],
  ride: ConcessionRide,
  travellers: readonly Traveller[],
): PartyConcessions {
  const { fare } = ride;
  const paying = travellers.reduce((sum, { escorted }) => sum + (escorted === true ? 2 : 1), 0);
  if (fare.per === 'PERSON' && paying > Math.max(1, fare.units))
    throw new AppError(
      'INVALID_REQUEST',
      `${paying} travellers are described, but only ${fare.units} pay here`,
    );
  const each: LegConcessions[] = travellers.map((traveller) => concessionsFor(rules, ride, traveller));
  const saving = plus(...each.map((one) => one.saving));
  return { travellers: each, saving, effective: plus(fare, times(saving, -1)) };
}
