/** Saves an option as a trip, with Undo. */
import type { QueryClient } from '@tanstack/react-query';
import type { Trip, TripInput } from '../../src/features/trips/contract.ts';
import { toast } from '../components/Toasts.tsx';
import { siteWords } from '../words/site.ts';
import { callApi } from './client.ts';
import { failureText } from './failureText.ts';
import { tripChanged } from './trips.ts';

/** Answers whether it is saved. Says so, or why not, in a toast. */
export async function saveTrip(
  client: QueryClient,
  trip: TripInput,
  key: string,
  onUndone?: () => void,
): Promise<boolean> {
  const { saving } = siteWords;
  try {
    const saved = await callApi<Trip>('trips', { body: trip, key });
    const { id } = saved;
    await tripChanged(client, id, saved);
    toast({
      text: saving.saved,
      link: { href: `/trips/${id}`, text: saving.open },
      undo: () => void takeBack(client, id).then((done) => done && onUndone?.()),
    });
    return true;
  } catch (error) {
    toast({ text: failureText(error) });
    return false;
  }
}

async function takeBack(client: QueryClient, id: string): Promise<boolean> {
  const { saving } = siteWords;
  try {
    await callApi<void>(`trips/${id}`, { method: 'DELETE' });
    toast({ text: saving.undone });
    void client.invalidateQueries({ queryKey: ['trips'] });
    return true;
  } catch (error) {
    toast({ text: failureText(error) });
    return false;
  }
}
