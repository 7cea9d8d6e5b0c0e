import { formatRupees } from '../../../src/units/money.ts';
import type { Loss, Losses } from '../../trip/bookingPlan.ts';
import { tripWords } from '../../words/trip.ts';
import { momentText, numberedLeg, rideName } from './say.ts';

interface Props {
  readonly losses: Losses;
  readonly nowMs: number;
}

/** Whole rupees: more would be a promise. */
const rupees = (minor: number): string => formatRupees(Math.ceil(minor / 100) * 100);

/** What is lost if the plan breaks now, and when that grows. */
export function LossTable({ losses, nowMs }: Props) {
  const { losses: words } = tripWords;
  const { lostMinor, paidMinor, nextCliff, legs, unknown } = losses;
  return (
    <section aria-labelledby="losses" className="min-w-0">
      <h2 id="losses" className="section-title">
        {words.title}
      </h2>
      {legs.length > 0 ? (
        <p className="mb-2 flex flex-wrap items-baseline gap-x-2">
          <span className="text-xl font-semibold">
            {lostMinor === 0 ? words.nothing : words.lost(rupees(lostMinor))}
          </span>
          <span className="text-sm text-soft">{words.ofPaid(rupees(paidMinor))}</span>
        </p>
      ) : null}
      {nextCliff ? (
        <p className="mb-2 text-sm font-medium">
          {words.cliff(momentText(nextCliff.at, nowMs), rupees(nextCliff.lostMinor))}
        </p>
      ) : null}
      {legs.length > 0 ? <Rows legs={legs} nowMs={nowMs} /> : null}
      {unknown.map((leg) => (
        <p key={leg.index} className="mt-2 text-sm">
          {words.unknown(numberedLeg(leg))}
        </p>
      ))}
      {legs.length > 0 ? <p className="mt-2 text-sm text-soft">{words.note}</p> : null}
    </section>
  );
}

function Rows({ legs, nowMs }: { readonly legs: readonly Loss[]; readonly nowMs: number }) {
  const { losses: words } = tripWords;
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="text-left text-soft">
          <th scope="col" className="py-1 pr-2 font-normal">
            {words.leg}
          </th>
          <th scope="col" className="py-1 pr-2 text-right font-normal">
            {words.paid}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {words.loss}
          </th>
        </tr>
      </thead>
      <tbody>
        {legs.map(({ exposure, leg, estimated }) => (
          <tr key={leg.index} className="border-t border-rule align-top">
            <th scope="row" className="py-1.5 pr-2 text-left font-medium">
              {tripWords.legTitle(leg.number ?? 0)}
              <span className="block font-normal text-soft">{rideName(leg)}</span>
              <span className="block font-normal text-soft">
                {exposure.refundKnown
                  ? exposure.nextCliff
                    ? words.cliff(
                        momentText(exposure.nextCliff.at, nowMs),
                        rupees(exposure.nextCliff.lostMinor),
                      )
                    : null
                  : words.platform}
              </span>
            </th>
            <td className="py-1.5 pr-2 text-right whitespace-nowrap">
              {rupees(exposure.paidMinor)}
              {estimated ? <span className="block text-soft">{words.estimated}</span> : null}
            </td>
            <td className="py-1.5 text-right font-medium whitespace-nowrap">
              {exposure.lostMinor === exposure.paidMinor ? words.all : rupees(exposure.lostMinor)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
