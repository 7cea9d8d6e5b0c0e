import { lazy, Suspense } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { Popover } from '../../components/Popover.tsx';
import { partySize } from '../../search/party.ts';
import type { Party } from '../../search/party.ts';
import { searchWords } from '../../words/search.ts';
import { siteWords } from '../../words/site.ts';
import { languageReady } from '../../words/language.ts';

const Travellers = lazy(async () => {
  const { Travellers } = await import('./Travellers.tsx');
  await languageReady();
  return { default: Travellers };
});

interface Props {
  readonly value: Party;
  readonly onChange: (party: Party) => void;
}

/** "2 travellers, concession": who exactly is asked in a popover. */
export function TravellersField({ value, onChange }: Props) {
  return (
    <div className="min-w-0">
      <span className="label">{searchWords.form.travellers}</span>
      <Popover
        label={searchWords.form.travellers}
        className="button w-full justify-start!"
        button={
          <>
            <Icon name="person" size={18} />
            {partyText(value)}
          </>
        }
      >
        {() => (
          <Suspense fallback={<span className="skeleton block h-80 w-full md:w-88" />}>
            <Travellers value={value} onChange={onChange} />
          </Suspense>
        )}
      </Popover>
    </div>
  );
}

export function partyText(party: Party): string {
  const described = Object.keys(party.traveller).length > 0;
  return [
    siteWords.units.party(partySize(party)),
    ...(described ? [searchWords.form.withConcession] : []),
  ].join(', ');
}
