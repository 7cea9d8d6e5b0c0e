/** Names of places in the language of the page: the interface answers in English, with Hindi names beside. */
import type { PlaceNames } from '../../src/features/places/contract.ts';
import { localeOf } from '../../src/units/language.ts';
import { callApi } from '../api/client.ts';
import { locale, spokenAnew } from './language.ts';

let hindi: Readonly<Record<string, string>> | null = null;
let asked = false;

/** Asks for the names once. Until they come, and where they do not, places keep their English names. */
async function loadNames(): Promise<void> {
  asked = true;
  try {
    hindi = (await callApi<PlaceNames>('places/names?language=hi', { open: true })).names;
    spokenAnew();
  } catch {
    asked = false;
  }
}

/** `Agra Cantt` → `आगरा छावनी`, in Hindi. What has no other name keeps its own. */
export function placeName(name: string): string {
  if (locale() !== localeOf.hi) return name;
  if (hindi === null) {
    if (!asked) void loadNames();
    return name;
  }
  return hindi[name] ?? name;
}
