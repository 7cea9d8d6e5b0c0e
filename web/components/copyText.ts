import { siteWords } from '../words/site.ts';
import { toast } from './Toasts.tsx';

/** Puts a text on the clipboard and says so. Where the browser refuses (no https, no leave), it can be marked by hand. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: siteWords.copied });
  } catch {
    toast({ text: siteWords.notCopied });
  }
}
