import { useQueryClient } from '@tanstack/react-query';
import type { ProfileChange } from '../../../src/features/accounts/contract.ts';
import { changeProfile } from '../../api/profile.ts';
import { toast } from '../../components/Toasts.tsx';
import { useWrite } from '../../components/useWrite.ts';
import { profileWords } from '../../words/profile.ts';

interface SaveProfile {
  readonly busy: boolean;
  /** `before` is what takes it back. */
  readonly save: (change: ProfileChange, before: ProfileChange, text?: string) => Promise<void>;
}

/** Writes a part of the profile, and back for ten seconds. */
export function useSaveProfile(): SaveProfile {
  const client = useQueryClient();
  const { busy, run } = useWrite();
  const save = async (
    change: ProfileChange,
    before: ProfileChange,
    text: string = profileWords.saved,
  ): Promise<void> => {
    if (!(await run(() => changeProfile(client, change)))) return;
    const undo = async (): Promise<void> => {
      if (await run(() => changeProfile(client, before))) toast({ text: profileWords.back });
    };
    toast({ text, undo: () => void undo() });
  };
  return { busy, save };
}

/** The text of a field, null when it is empty. */
export function textOf(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
