/**
 * The language of the page. English comes with the code that speaks it; another language comes as a chunk beside it and
 * takes its place before anything is drawn. Where it cannot be loaded, English stays.
 */
import { useSyncExternalStore } from 'react';
import {
  keptLanguage,
  type Language,
  LANGUAGE_KEY,
  languageCookie,
  localeOf,
  readLanguage,
} from '../../src/units/language.ts';

export { type Language, languages } from '../../src/units/language.ts';

interface Dictionary {
  /** What the code reads; holds the words of the present language. */
  readonly spoken: object;
  readonly english: object;
  readonly loadHindi: () => Promise<{ readonly words: object }>;
  hindi: object | null;
}

const dictionaries: Dictionary[] = [];
const listeners = new Set<() => void>();
let current: Language = 'en';
/** Counts changes of what is spoken. */
let version = 0;

/** The words of one part of the page: in English until `changeLanguage` puts others in their place. */
export function inLanguage<Words extends object>(
  english: Words,
  loadHindi: () => Promise<{ readonly words: Words }>,
): Words {
  const spoken = { ...english };
  dictionaries.push({ spoken, english, loadHindi, hindi: null });
  return spoken;
}

/** Loads what the present language still lacks: called after a chunk that brought words of its own. */
export async function languageReady(): Promise<void> {
  await Promise.all(dictionaries.map((dictionary) => speak(dictionary, current)));
}

async function speak(dictionary: Dictionary, language: Language): Promise<void> {
  if (language === 'hi')
    try {
      dictionary.hindi ??= (await dictionary.loadHindi()).words;
    } catch {
      // No connection: English words are better than none.
    }
  Object.assign(dictionary.spoken, dictionary.english, language === 'hi' ? dictionary.hindi : null);
}

export async function changeLanguage(language: Language): Promise<void> {
  await Promise.all(dictionaries.map((dictionary) => speak(dictionary, language)));
  current = language;
  document.documentElement.lang = localeOf[language];
  spokenAnew();
}

/** Tells those who draw that words have changed. */
export function spokenAnew(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Keeps the choice for later visits, here and on the pages of the server. */
export function keepLanguage(language: Language): void {
  document.cookie = languageCookie(language);
}

/** `?lang=` of a link, else what was chosen before (here or on a page of the server), else what the browser asks for. */
export function wishedLanguage(): Language {
  const asked = readLanguage(new URLSearchParams(location.search).get(LANGUAGE_KEY));
  if (asked) {
    keepLanguage(asked);
    return asked;
  }
  const [browser] = navigator.language.split('-');
  return keptLanguage(document.cookie) ?? readLanguage(browser) ?? 'en';
}

export const locale = (): string => localeOf[current];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Draws again when the language changes. Needed only where React would not draw by itself: below `memo`. */
export function useLanguage(): Language {
  useSyncExternalStore(subscribe, () => version);
  return current;
}
