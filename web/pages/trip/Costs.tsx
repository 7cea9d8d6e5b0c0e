import type { TripTotals } from '../../../src/features/trips/contract.ts';
import { formatRupees } from '../../../src/units/money.ts';
import { priceRange } from '../../words/say.ts';
import { tripWords } from '../../words/trip.ts';

/** Paid so far, still open, and both. */
export function Costs({ totals }: { readonly totals: TripTotals }) {
  const { costs } = tripWords;
  const { estimate, paidMinor, otherPaid, open, expected } = totals;
  const paid = [
    ...(paidMinor > 0 ? [formatRupees(paidMinor)] : []),
    ...otherPaid.map(({ currency, minor }) => `${currency} ${(minor / 100).toFixed(2)}`),
  ];
  if (!estimate && paid.length === 0) return null;
  const anyPaid = paid.length > 0;
  return (
    <section aria-labelledby="costs" className="min-w-0">
      <h2 id="costs" className="section-title">
        {costs.title}
      </h2>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
        <Fact name={costs.estimate} value={estimate ? priceRange(estimate) : costs.unknown} />
        {anyPaid ? <Fact name={costs.paid} value={paid.join(', ')} /> : null}
        {anyPaid && open ? <Fact name={costs.open} value={priceRange(open)} /> : null}
        {anyPaid && expected ? <Fact name={costs.expected} value={priceRange(expected)} total /> : null}
      </dl>
      <p className="mt-2 text-sm text-soft">{costs.note}</p>
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly total?: boolean;
}

function Fact({ name, value, total = false }: FactProps) {
  const style = total ? 'double-rule pt-1 font-semibold' : '';
  return (
    <>
      <dt className={style}>{name}</dt>
      <dd className={`text-right font-medium whitespace-nowrap ${style}`}>{value}</dd>
    </>
  );
}
