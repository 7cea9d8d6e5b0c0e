import type { ReactNode } from 'react';
import type { AboutData, FeedSource } from '../../../src/features/rule-tables/contract.ts';
import { Icon } from '../../components/Icon.tsx';
import { dataWords } from '../../words/data.ts';
import { longDate } from '../../words/say.ts';
import { Outside } from './Outside.tsx';

type Network = AboutData['network'];

/** The timetable in use, and each feed it was made of with whom to name for it. */
export function Timetables({
  network,
  feeds,
}: {
  readonly network: Network;
  readonly feeds: readonly FeedSource[];
}) {
  const { name, version, validFrom, validTo, sample } = network;
  return (
    <section aria-labelledby="timetables" className="mt-10">
      <h2 id="timetables" className="section-title">
        {dataWords.timetables}
      </h2>
      <p className="max-w-prose">
        {version === null ? dataWords.unnumbered(name) : dataWords.inUse(name, version)}.{' '}
        {dataWords.days(longDate(validFrom), longDate(validTo))}
      </p>
      {sample ? <Mark title={dataWords.sample}>{dataWords.sampleText}</Mark> : null}
      <ul className="double-rule mt-4">
        {feeds.map((feed) => (
          <Feed key={feed.name} feed={feed} />
        ))}
      </ul>
    </section>
  );
}

/** What nobody may overlook. */
function Mark({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <p className="mt-3 max-w-prose border-l-4 border-accent bg-wash px-4 py-3">
      <strong className="flex items-center gap-2 text-accent">
        <Icon name="alert" size={18} />
        {title}
      </strong>
      {children}
    </p>
  );
}

function Feed({ feed }: { readonly feed: FeedSource }) {
  const { name, publisher, url, rolled, unused, endsOn, attribution, credits } = feed;
  const ended = endsOn === undefined ? null : longDate(endsOn);
  return (
    <li className="border-b border-rule bg-sheet px-4 py-4">
      <h3 className="text-lg font-semibold">{name}</h3>
      <p className="text-soft">
        <Outside href={url}>{dataWords.by(publisher)}</Outside>
      </p>
      {rolled ? (
        <Mark title={dataWords.rolled}>
          {ended === null ? dataWords.rolledSome : dataWords.rolledText(ended)}
        </Mark>
      ) : null}
      {unused && ended !== null ? <Mark title={dataWords.unused}>{dataWords.unusedText(ended)}</Mark> : null}
      <dl className="mt-3 grid gap-x-8 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        {factsOf(feed).map(([fact, value]) => (
          <Fact key={fact} name={fact}>
            {value}
          </Fact>
        ))}
        {attribution ? <Fact name={dataWords.attribution}>{attribution}</Fact> : null}
        {(credits ?? []).map(({ organization, url: address, roles }) => (
          <Fact key={organization} name={roles.map((role) => dataWords.roles[role]).join(', ')}>
            <Outside href={address}>{organization}</Outside>
          </Fact>
        ))}
      </dl>
    </li>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="mb-2 break-words sm:mb-0">{children}</dd>
    </>
  );
}

function factsOf({ version, importedAt, validFrom, validTo }: FeedSource): [string, string][] {
  const vouched =
    validFrom && validTo
      ? dataWords.between(longDate(validFrom), longDate(validTo))
      : validFrom
        ? dataWords.since(longDate(validFrom))
        : validTo
          ? dataWords.until(longDate(validTo))
          : null;
  return [
    ...(version === '' ? [] : [[dataWords.version, version] as [string, string]]),
    ...(importedAt === undefined ? [] : [[dataWords.imported, longDate(importedAt)] as [string, string]]),
    ...(vouched === null ? [] : [[dataWords.vouched, vouched] as [string, string]]),
  ];
}
