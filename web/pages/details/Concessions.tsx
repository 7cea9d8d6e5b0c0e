import { Icon, modeIcons } from '../../components/Icon.tsx';
import { LegName, Quoted } from '../../components/LegBar.tsx';
import type { Leg, Outcome, Route } from '../../search/shapes.ts';
import { detailWords } from '../../words/details.ts';
import { longDate, priceRange, shortDate } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';

/** Every rule that was looked at, with what it saves or why it does not, those that were withdrawn included. */
export function Concessions({ route }: { readonly route: Route }) {
  const { concessions } = detailWords;
  const judged = route.legs.filter((leg) => leg.concession !== null);
  const known = judged.filter((leg) => leg.concession!.outcomes.length > 0);
  return (
    <section className="min-w-0">
      <h4 className="mb-1 font-serif text-base font-semibold">{concessions.title}</h4>
      {known.length === 0 ? (
        <p className="text-sm text-soft">{judged.length === 0 ? concessions.ask : concessions.none}</p>
      ) : (
        known.map((leg) => <LegRules key={leg.index} leg={leg} />)
      )}
    </section>
  );
}

function LegRules({ leg }: { readonly leg: Leg }) {
  return (
    <div data-mode={leg.mode} className="mt-2">
      <p className="flex items-start gap-1.5 text-sm font-medium">
        <span className="text-mode-line">
          <Icon name={modeIcons[leg.mode]} size={18} />
        </span>
        <LegName leg={leg} />
      </p>
      <ul>
        {leg.concession!.outcomes.map((outcome) => (
          <li key={outcome.ruleId} className="border-b border-rule py-2 text-sm">
            <Rule outcome={outcome} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rule({ outcome }: { readonly outcome: Outcome }) {
  const { concessions } = detailWords;
  const { status, saving, withdrawnSince, reason, asks } = outcome;
  const saved = saving.highMinor > 0 ? priceRange(saving) : null;
  const why = [
    ...(withdrawnSince === null ? [] : [concessions.withdrawn(longDate(withdrawnSince))]),
    ...(reason === null || reason.code === 'WITHDRAWN' ? [] : [concessions.refusals[reason.code]]),
    ...(asks.length === 0
      ? []
      : [concessions.asks(siteWords.units.and(asks.map((fact) => concessions.facts[fact])))]),
  ];
  const more = [
    [concessions.condition, outcome.condition],
    [concessions.documents, outcome.documents],
    [concessions.buy, outcome.whereToBuy],
  ] as const;
  return (
    <>
      <p>
        <span className="rule-status" data-status={status}>
          {concessions.status[status]}
        </span>{' '}
        {concessions.rule(outcome.ruleId, outcome.title)}
        {saved === null ? null : (
          <strong> · {status === 'APPLIES' ? concessions.saves(saved) : concessions.wouldSave(saved)}</strong>
        )}
      </p>
      {why.length === 0 ? null : <p>{why.join(' ')}</p>}
      <dl className="text-soft">
        {more.map(([name, text]) =>
          text === null || status === 'REFUSED' ? null : (
            <div key={name} className="flex gap-1.5">
              <dt className="shrink-0">{name}:</dt>
              <dd>
                <Quoted>{text}</Quoted>
              </dd>
            </div>
          ),
        )}
        <div className="flex gap-1.5">
          <dt className="shrink-0">{concessions.source}:</dt>
          <dd>
            <Quoted>{outcome.source}</Quoted>, {shortDate(outcome.asOf)};{' '}
            {siteWords.certainty[outcome.certainty]}
          </dd>
        </div>
      </dl>
    </>
  );
}
