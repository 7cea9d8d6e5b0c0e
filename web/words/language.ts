/**
 * The language of the page. English comes with the code that speaks it; another language comes as a chunk beside it and
 * takes its place before anything is drawn. Where it cannot be loaded, English stays.
 */
import { useSyncExternalStore } from 'react';

export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];
/** What `lang` and Intl are told: digits are grouped as in India in both. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN' };

/** Kept in the browser for the page, and in a cookie of the same name for pages that the server writes. */
const KEY = 'lang';
const YEAR_S = 31_536_000;

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
  for (const listener of listeners) listener();
}

/** Keeps the choice for later visits and for the pages of the server. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be off: the cookie is enough.
  }
  document.cookie = `${KEY}=${language}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
}

const isLanguage = (text: string | null | undefined): text is Language =>
  languages.some((language) => language === text);

/** `?lang=` of a link, else what was chosen before, else what the browser asks for. */
export function wishedLanguage(): Language {
  const asked = new URLSearchParams(location.search).get(KEY);
  if (isLanguage(asked)) {
    keepLanguage(asked);
    return asked;
  }
  const [browser] = navigator.language.split('-');
  const kept = keptLanguage();
  return kept ?? (isLanguage(browser) ? browser : 'en');
}

function keptLanguage(): Language | null {
  try {
    const kept = localStorage.getItem(KEY);
    return isLanguage(kept) ? kept : null;
  } catch {
    return null;
  }
}

export const language = (): Language => current;
export const locale = (): string => localeOf[current];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Draws again when the language changes. Needed only where React would not draw by itself: below `memo`. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, language);
