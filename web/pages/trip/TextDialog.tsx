import { useQuery } from '@tanstack/react-query';
import type { Trip } from '../../../src/features/trips/contract.ts';
import { tripTextQuery } from '../../api/trips.ts';
import { siteWords } from '../../words/site.ts';
import { tripWords } from '../../words/trip.ts';
import { copyText } from '../../components/copyText.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { Failure } from '../../components/Failure.tsx';
import { Icon } from '../../components/Icon.tsx';

interface Props {
  readonly trip: Trip;
  readonly onClose: () => void;
}

/** The trip in three SMS, for a phone that shows no page. */
export function TextDialog({ trip, onClose }: Props) {
  const { text: words } = tripWords;
  const { data, error, refetch } = useQuery(tripTextQuery(trip.id));
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p className="-mt-2 mb-3 text-sm text-soft">{words.intro}</p>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <p aria-busy="true">{siteWords.loading}</p>
      ) : (
        <>
          <p
            lang="en"
            className="border border-rule bg-sheet p-3 font-mono text-sm break-words whitespace-pre-wrap"
          >
            {data}
          </p>
          <p className="mt-4 flex flex-wrap gap-2">
            <button type="button" className="button primary" onClick={() => void copyText(data)}>
              <Icon name="copy" size={18} />
              {words.copy}
            </button>
            <a className="button" href={`sms:?body=${encodeURIComponent(data)}`}>
              <Icon name="message" size={18} />
              {words.sms}
            </a>
          </p>
        </>
      )}
    </Dialog>
  );
}
