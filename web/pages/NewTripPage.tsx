import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Trip } from '../../src/features/trips/contract.ts';
import { callApi } from '../api/client.ts';
import { signInPath, useSession } from '../api/session.ts';
import { tripChanged } from '../api/trips.ts';
import { Failure } from '../components/Failure.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { toast } from '../components/Toasts.tsx';
import { navigate } from '../router/location.ts';
import type { TripDraft } from '../trip/draft.ts';
import { dropDraft, keptDraft, SAVE_PATH } from '../trip/draft.ts';
import { siteWords } from '../words/site.ts';
import { tripWords } from '../words/trip.ts';

/** Where a trip is saved that waited for its traveller to sign in. */
export function Page() {
  const user = useSession();
  const [draft] = useState(() => keptDraft(Date.now()));
  const { draft: words } = tripWords;
  if (!draft)
    return <Said title={words.none} text={words.noneText} link={{ href: '/', text: siteWords.home }} />;
  if (user === null)
    return (
      <Said
        title={words.signIn}
        text={`${tripWords.route(draft.trip.origin.name, draft.trip.destination.name)}. ${words.waits} ${siteWords.session.why}`}
        link={{ href: signInPath(SAVE_PATH), text: siteWords.session.signIn }}
      />
    );
  return (
    <>
      <PageHeading>{words.title}</PageHeading>
      {user ? <Saving draft={draft} /> : <p aria-busy="true">{siteWords.loading}</p>}
    </>
  );
}

function Saving({ draft }: { readonly draft: TripDraft }) {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const begun = useRef(false);
  const save = async (): Promise<void> => {
    setError(null);
    try {
      // With its key: a second try is the same write.
      const trip = await callApi<Trip>('trips', { body: draft.trip, key: draft.key });
      dropDraft();
      await tripChanged(client, trip.id, trip);
      toast({ text: tripWords.draft.saved });
      navigate(`/trips/${trip.id}`, { replace: true });
    } catch (cause) {
      setError(cause);
    }
  };
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void save();
  });
  return error === null ? (
    <p aria-busy="true">{tripWords.draft.saving}</p>
  ) : (
    <Failure error={error} onRetry={() => void save()} />
  );
}

interface SaidProps {
  readonly title: string;
  readonly text: string;
  readonly link: { readonly href: string; readonly text: string };
}

function Said({ title, text, link }: SaidProps) {
  return (
    <>
      <PageHeading>{title}</PageHeading>
      <p className="mb-4 max-w-prose">{text}</p>
      <a className="button primary" href={link.href}>
        {link.text}
      </a>
    </>
  );
}
