import { formatRupees } from '../../src/units/money.ts';
import type { Leg, LegFare, Route } from '../search/shapes.ts';
import { detailWords } from '../words/details.ts';
import { resultWords } from '../words/results.ts';
import { priceRange, shortDate } from '../words/say.ts';
import { siteWords } from '../words/site.ts';
import { Icon, modeIcons } from './Icon.tsx';
import { classOf, Quoted } from './LegBar.tsx';

interface Props {
  readonly route: Pick<Route, 'legs' | 'price' | 'saving' | 'effectivePrice'>;
  readonly passengers: number;
}

/** Each paid leg with its basis; the legs sum to the total, and the total less the concessions is what is paid. */
export function CostTable({ route, passengers }: Props) {
  const paid = route.legs.filter((leg) => leg.price !== null || leg.mode !== 'walk');
  const { saving, effectivePrice } = route;
  const party = resultWords.card.forParty(passengers);
  const saves = saving !== null && saving.highMinor > 0 && effectivePrice !== null;
  return (
    <section className="min-w-0">
      <h4 className="mb-3 font-serif text-base font-semibold">{detailWords.costs}</h4>
      <table className="w-full border-collapse text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{detailWords.leg}</th>
            <th scope="col">{detailWords.price}</th>
          </tr>
        </thead>
        <tbody>
          {paid.map((leg) => (
            <CostRow key={leg.index} leg={leg} />
          ))}
        </tbody>
        <tfoot>
          <SumRow
            name={detailWords.total(party)}
            value={route.price === null ? detailWords.unknown : priceRange(route.price)}
          />
          {saves ? (
            <>
              <SumRow plain name={detailWords.savings} value={`− ${priceRange(saving)}`} />
              <SumRow name={detailWords.effective(party)} value={priceRange(effectivePrice)} />
            </>
          ) : null}
        </tfoot>
      </table>
    </section>
  );
}

interface SumProps {
  readonly name: string;
  readonly value: string;
  readonly plain?: boolean;
}

function SumRow({ name, value, plain = false }: SumProps) {
  return (
    <tr className={plain ? '' : 'double-rule font-semibold'}>
      <th scope="row" className="py-2 pr-3 text-left font-[inherit]">
        {name}
      </th>
      <td className="py-2 text-right whitespace-nowrap">{value}</td>
    </tr>
  );
}

function CostRow({ leg }: { readonly leg: Leg }) {
  const { price } = leg;
  const kind = classOf(leg);
  const others = leg.fares.filter(({ classCode }) => classCode !== price?.classCode);
  const chosen = leg.fares.find(({ classCode }) => classCode === price?.classCode);
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
          {price === null ? detailWords.unknown : priceRange(price)}
        </td>
      </tr>
      <tr>
        <td colSpan={2} className="pb-2 text-soft">
          {price === null ? null : (
            <p>
              <Quoted>{price.basis}</Quoted>
              <br />
              <Quoted>{price.source}</Quoted>, {shortDate(price.asOf)}; {siteWords.certainty[price.certainty]}
            </p>
          )}
          {chosen === undefined || chosen.breakdown.length < 2 ? null : <Parts fare={chosen} />}
          {others.length === 0 ? null : <Others fares={others} />}
        </td>
      </tr>
    </>
  );
}

function Parts({ fare }: { readonly fare: LegFare }) {
  return (
    <details>
      <summary className="link-button">{detailWords.parts}</summary>
      <ul className="pb-2">
        {fare.breakdown.map(({ code, text, likelyMinor }) => (
          <li key={`${code} ${text}`} className="flex justify-between gap-4">
            <span>{detailWords.items[code]}</span>
            <span>{formatRupees(likelyMinor)}</span>
          </li>
        ))}
        <li className="flex justify-end border-t border-rule">
          {detailWords.partsSum(formatRupees(fare.likelyMinor))}
        </li>
      </ul>
    </details>
  );
}

function Others({ fares }: { readonly fares: readonly LegFare[] }) {
  return (
    <details>
      <summary className="link-button">{detailWords.classes}</summary>
      <ul className="pb-2">
        {fares.map((fare) => (
          <li key={fare.classCode} className="flex justify-between gap-4">
            <span>{siteWords.className(fare.classCode, fare.class)}</span>
            <span className="whitespace-nowrap">{priceRange(fare)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
