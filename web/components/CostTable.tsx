import { shortDate, priceRange } from '../words/say.ts';
import type { Leg, Route } from '../search/shapes.ts';
import { searchWords } from '../words/search.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';
import { classOf } from './LegBar.tsx';

interface Props {
  readonly route: Route;
  readonly passengers: number;
}

/** Each paid leg with its basis; the last row is the card's total. */
export function CostTable({ route, passengers }: Props) {
  const paid = route.legs.filter((leg) => leg.price !== null || leg.mode !== 'walk');
  return (
    <section className="min-w-0">
      <h4 className="mb-3 font-serif text-base font-semibold">{searchWords.detail.costs}</h4>
      <table className="w-full border-collapse text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{searchWords.detail.leg}</th>
            <th scope="col">{searchWords.detail.price}</th>
          </tr>
        </thead>
        <tbody>
          {paid.map((leg) => (
            <CostRow key={leg.index} leg={leg} />
          ))}
        </tbody>
        <tfoot>
          <tr className="double-rule">
            <th scope="row" className="py-2 pr-3 text-left font-semibold">
              {searchWords.detail.total(searchWords.card.forParty(passengers))}
            </th>
            <td className="py-2 text-right font-semibold whitespace-nowrap">
              {route.price === null ? searchWords.detail.unknown : priceRange(route.price)}
            </td>
          </tr>
        </tfoot>
      </table>
      {route.reasons.length > 1 ? (
        <>
          <h4 className="mt-4 mb-1 font-serif text-base font-semibold">{searchWords.detail.notes}</h4>
          <ul className="list-disc pl-5 text-sm text-soft">
            {route.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function CostRow({ leg }: { readonly leg: Leg }) {
  const { price } = leg;
  const kind = classOf(leg);
  return (
    <>
      <tr className="border-t border-rule align-top">
        <th scope="row" data-mode={leg.mode} className="pt-2 pr-3 text-left font-medium">
          <span className="flex items-start gap-1.5">
            <span className="text-mode-line">
              <Icon name={modeIcons[leg.mode]} size={18} />
            </span>
            {siteWords.modes[leg.mode]}
            {kind === null ? '' : `, ${kind}`}
          </span>
        </th>
        <td className="pt-2 text-right whitespace-nowrap">
          {price === null ? searchWords.detail.unknown : priceRange(price)}
        </td>
      </tr>
      <tr>
        <td colSpan={2} className="pb-2 text-soft">
          {price === null ? null : (
            <>
              {price.basis}
              <br />
              {searchWords.detail.sourced(
                price.source,
                shortDate(price.asOf),
                siteWords.certainty[price.certainty],
              )}
            </>
          )}
        </td>
      </tr>
    </>
  );
}
