import { useQueryClient } from '@tanstack/react-query';
import type { BookingLeg, Trip } from '../../../src/features/trips/contract.ts';
import { toast } from '../../components/Toasts.tsx';
import { useWrite } from '../../components/useWrite.ts';
import type { Wish } from '../../offline/edits.ts';
import { recordBooking, restoreBooking, type Written } from '../../trip/tripWrites.ts';
import { offlineWords } from '../../words/offline.ts';

interface Record {
  readonly busy: boolean;
  /** Says `text` when it is recorded, with the way back; false: it is not. */
  readonly record: (wish: Wish, text: string) => Promise<boolean>;
}

/** Records the booking of a leg: on the server, or in this browser until it can be reached. */
export function useRecord(trip: Trip, before: BookingLeg): Record {
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const record = async (wish: Wish, text: string): Promise<boolean> => {
    let written: Written = 'DONE';
    const done = await run(async () => (written = await recordBooking(client, trip.id, before, wish)));
    if (!done) return false;
    toast({
      text: saidOf(written, text),
      undo: () => void run(() => restoreBooking(client, trip.id, before, wish)),
    });
    return true;
  };
  return { busy, record };
}

const saidOf = (written: Written, text: string): string =>
  written === 'WAITS' ? `${text} ${offlineWords.kept}` : text;
