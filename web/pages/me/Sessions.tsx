import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionView } from '../../../src/features/accounts/contract.ts';
import { callApi } from '../../api/client.ts';
import { sessionsQuery } from '../../api/profile.ts';
import { Failure } from '../../components/Failure.tsx';
import { toast } from '../../components/Toasts.tsx';
import { useWrite } from '../../components/useWrite.ts';
import { profileWords } from '../../words/profile.ts';
import { clockNow, dayName, longDate } from '../../words/say.ts';
import { siteWords } from '../../words/site.ts';

/** Browsers that are signed in, each to be signed out from here. */
export function Sessions() {
  const { sessions: words } = profileWords;
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const { busy, run } = useWrite();
  const refresh = () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const end = (id: string): void =>
    void run(async () => {
      await callApi(`me/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
      toast({ text: words.ended });
      await refresh();
    });
  const endOthers = (): void =>
    void run(async () => {
      const { ended } = await callApi<{ ended: number }>('me/sessions', { method: 'DELETE' });
      toast({ text: words.endedOthers(ended) });
      await refresh();
    });
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" className="section-title">
        {words.title}
      </h2>
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <p aria-busy="true">{siteWords.loading}</p>
      ) : (
        <>
          <ul className="double-rule">
            {data.sessions.map((session) => (
              <Session key={session.id} session={session} busy={busy} onEnd={() => end(session.id)} />
            ))}
          </ul>
          {data.sessions.length > 1 ? (
            <p className="mt-3">
              <button type="button" className="button" disabled={busy} onClick={endOthers}>
                {words.endOthers}
              </button>
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

interface SessionProps {
  readonly session: SessionView;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

function Session({ session, busy, onEnd }: SessionProps) {
  const { sessions: words } = profileWords;
  const { userAgent, current, lastSeenAt, createdAt } = session;
  const name = userAgent ?? words.unknown;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-rule py-2 text-sm">
      <span>
        <span className="font-medium">{name}</span>
        {current ? ` (${words.here})` : null}
        <span className="block text-soft">
          {words.seen(`${dayName(lastSeenAt)} ${clockNow(lastSeenAt)}`)}, {words.since(longDate(createdAt))}
        </span>
      </span>
      {current ? null : (
        <button type="button" className="button" disabled={busy} onClick={onEnd}>
          {words.end}
          <span className="sr-only">{name}</span>
        </button>
      )}
    </li>
  );
}
