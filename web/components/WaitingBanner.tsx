import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { readAhead } from '../offline/readAhead.ts';
import { sendWaiting } from '../offline/send.ts';
import { reload, useWaiting } from '../offline/waiting.ts';
import { tripChanged } from '../api/trips.ts';
import { offlineWords } from '../words/offline.ts';
import { Icon } from './Icon.tsx';
import { toast } from './Toasts.tsx';

/** Between two attempts while something waits: a browser does not always know that it has a connection again. */
const EVERY_MS = 30_000;

/** For who is signed in: sends what waits in this browser, says how much does, and reads ahead what is kept. */
export function WaitingBanner() {
  const client = useQueryClient();
  const edits = useWaiting();
  const open = edits.filter(({ held }) => held === null).length;
  const held = edits.find((edit) => edit.held !== null);
  const send = useCallback(async (): Promise<void> => {
    const { sent, gone } = await sendWaiting();
    await Promise.all([...sent].map((tripId) => tripChanged(client, tripId)));
    if (sent.size > 0) toast({ text: offlineWords.sent });
    if (gone) toast({ text: offlineWords.gone });
  }, [client]);

  useEffect(() => {
    void reload();
    readAhead(client);
  }, [client]);
  // Tried when something is added, when there is a connection again, when the page is looked at, and in between.
  useEffect(() => {
    if (open === 0) return undefined;
    const attempt = (): void => {
      if (navigator.onLine && document.visibilityState === 'visible') void send();
    };
    attempt();
    const timer = setInterval(attempt, EVERY_MS);
    addEventListener('online', attempt);
    document.addEventListener('visibilitychange', attempt);
    return () => {
      clearInterval(timer);
      removeEventListener('online', attempt);
      document.removeEventListener('visibilitychange', attempt);
    };
  }, [open, send]);
  // What was read from this browser is read from the server again.
  useEffect(() => {
    const renew = (): void => {
      void client.invalidateQueries({ queryKey: ['session'] });
      void client.invalidateQueries({ queryKey: ['trip'] });
      void client.invalidateQueries({ queryKey: ['trips'] });
    };
    addEventListener('online', renew);
    return () => removeEventListener('online', renew);
  }, [client]);

  if (edits.length === 0) return null;
  return (
    <output className="mx-auto mb-3 flex w-full max-w-6xl flex-wrap items-center gap-x-2 bg-wash px-4 py-2 print:hidden">
      <Icon name={held ? 'alert' : 'cloud'} />
      {held ? offlineWords.decide : offlineWords.waiting(open)}
      {held ? (
        <a className="link inline-flex min-h-11 items-center" href={`/trips/${held.tripId}`}>
          {offlineWords.look}
        </a>
      ) : null}
    </output>
  );
}
