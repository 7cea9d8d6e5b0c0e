import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Network } from '../../../src/features/networks/contract.ts';
import { ApiError } from '../../api/client.ts';
import { failureText } from '../../api/failureText.ts';
import { activateNetwork, networksQuery, rollbackNetwork } from '../../api/operator.ts';
import { signInPath } from '../../api/session.ts';
import { Fold } from '../../components/Fold.tsx';
import { toast } from '../../components/Toasts.tsx';
import { operatorWords } from '../../words/operator.ts';
import { longDate } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';
import { Notices } from './Notices.tsx';
import { bytesText, figure } from './numbers.ts';
import { Part } from './Part.tsx';

/** The stored timetables: which is searched, what was wrong in each, and going to another. */
export function Networks() {
  const { networks: words } = operatorWords;
  return (
    <Part id="networks" title={words.title} file="admin/networks.csv" query={useQuery(networksQuery)}>
      {({ networks }) => (
        <>
          <p className="max-w-prose text-sm text-soft">{words.import}</p>
          {/* The terminal is where a file lies that is fit to be a timetable; the page uploads nothing. */}
          <p className="mt-1 mb-4 overflow-x-auto font-mono text-sm" lang="en">
            bin/routestitch network import FEED.zip --activate
          </p>
          <ul className="double-rule">
            {networks.map((network) => (
              <OneNetwork
                key={network.id}
                network={network}
                canGoBack={networks.some(({ isActive, version }) => !isActive && version !== null)}
              />
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

interface Props {
  readonly network: Network;
  readonly canGoBack: boolean;
}

function OneNetwork({ network, canGoBack }: Props) {
  const { networks: words } = operatorWords;
  const { id, name, isActive, version, stats, validFrom, validTo, createdAt, feeds, imageBytes } = network;
  const [opened, setOpened] = useState(false);
  const { ERROR, WARNING, INFO } = stats.notices;
  const marks = [network.sample ? words.sample : null, network.rolled ? words.rolled : null];
  return (
    <li className="border-b border-rule bg-sheet px-4 py-4">
      <h3 className="flex flex-wrap items-baseline gap-x-3 text-lg font-semibold">
        {name}
        {isActive ? (
          <span className="border border-ink bg-ink px-1.5 text-sm text-paper">{words.active}</span>
        ) : null}
      </h3>
      <p className="text-sm text-soft">
        {[
          version === null ? words.never : words.version(version),
          words.imported(longDate(createdAt)),
          words.days(longDate(validFrom), longDate(validTo)),
          ...marks.filter((mark) => mark !== null),
        ].join(' · ')}
      </p>
      <p className="text-sm">
        {words.size(figure(stats.stops), figure(stats.lines), figure(stats.runs), bytesText(imageBytes))}{' '}
        {stats.runsDropped === 0 ? '' : words.dropped(figure(stats.runsDropped), figure(stats.runsRead))}
      </p>
      <p className="text-sm text-soft">{words.feeds(feeds.map((feed) => feed.name))}</p>
      <Change network={network} canGoBack={canGoBack} />
      <Fold onToggle={setOpened} title={<span>{words.notices(ERROR, WARNING, INFO)}</span>}>
        <Notices id={id} name={name} asked={opened} />
      </Fold>
    </li>
  );
}

type Fault = { readonly code: string; readonly text: string };

/** Another timetable, or the one before. Who did not sign in just now is asked to. */
function Change({ network, canGoBack }: Props) {
  const { networks: words } = operatorWords;
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const { id, name, isActive, storedBytes } = network;
  if (isActive ? !canGoBack : storedBytes === 0) return null;
  const change = async (work: () => Promise<void>, text: string): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      await work();
      toast({ text });
    } catch (error) {
      const code = error instanceof ApiError ? (error.problem?.code ?? '') : '';
      setFault({ code, text: failureText(error) });
    } finally {
      setBusy(false);
    }
  };
  const activate = (force: boolean): void =>
    void change(() => activateNetwork(client, id, force), words.activated(name));
  const goBack = (): void => void change(() => rollbackNetwork(client, id), words.wentBack);
  return (
    <>
      <p className="my-3">
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={isActive ? goBack : () => activate(false)}
        >
          {isActive ? words.goBack : words.activate}
          <span className="sr-only">{name}</span>
        </button>
      </p>
      {fault === null ? null : (
        <div role="alert" className="mb-3 border-l-4 border-accent bg-wash px-3 py-2 text-sm">
          {fault.code === 'SIGN_IN_AGAIN' ? (
            <>
              <p>{words.signInAgain}</p>
              <a className="link inline-flex min-h-11 items-center" href={signInPath('/operator')}>
                {siteWords.session.signIn}
              </a>
            </>
          ) : (
            <p>{fault.text}</p>
          )}
          {fault.code === 'FEED_REJECTED' ? (
            <button type="button" className="button mt-2" disabled={busy} onClick={() => activate(true)}>
              {words.force}
              <span className="sr-only">{name}</span>
            </button>
          ) : null}
        </div>
      )}
    </>
  );
}
