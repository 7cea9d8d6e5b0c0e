import type { DocumentToCarry } from '../../trip/documents.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { Icon } from '../../components/Icon.tsx';
import { numberedLeg, rideName } from './say.ts';

/** Papers without which the reduced fares of this trip do not hold. They are said as their rules say them. */
export function Documents({ documents }: { readonly documents: readonly DocumentToCarry[] }) {
  const { documents: words } = tripWords;
  if (documents.length === 0) return null;
  return (
    <section aria-labelledby="documents" className="min-w-0">
      <h2 id="documents" className="section-title">
        {words.title}
      </h2>
      <ul className="grid gap-3">
        {documents.map(({ text, concession, whereToBuy, conditional, legs }) => (
          <li key={text} className="flex gap-2">
            <span className="mt-0.5 text-soft">
              <Icon name="document" size={18} />
            </span>
            <span className="min-w-0 text-sm">
              <span lang="en" className="block font-medium">
                {text}
              </span>
              <span className="block text-soft">
                {words.for(
                  concession,
                  siteWords.units.and(
                    legs.map((leg) => (leg.number === null ? rideName(leg) : numberedLeg(leg))),
                  ),
                )}
                {conditional ? ` · ${words.conditional}` : null}
              </span>
              {whereToBuy === null ? null : (
                <span className="block text-soft">{words.buyAt(whereToBuy)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
