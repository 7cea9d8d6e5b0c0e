/** Languages of the pages, those that the server writes and those of `web/`. */
export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];

/** What `lang` and `Intl` are told: digits are grouped as in India in both. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-IN', hi: 'hi-IN' };

/** Name of the cookie and of the parameter of an address by which a reader chooses. */
export const LANGUAGE_KEY = 'lang';

export const readLanguage = (text: string | null | undefined): Language | null =>
  languages.find((language) => language === text) ?? null;

/** What was chosen before, by the cookies of a request or of a document. */
export const keptLanguage = (cookies: string): Language | null =>
  readLanguage(/(?:^|;\s*)lang=([a-z]+)/.exec(cookies)?.[1]);

/** The first language of an `Accept-Language` header that the pages speak, by its weights (RFC 9110, 12.5.4). */
function accepted(header: string): Language | null {
  const wished = header.split(',').map((part, at) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return {
      language: range.split('-')[0]!.toLowerCase(),
      weight: weight === undefined ? 1 : Number(weight),
      at,
    };
  });
  const [best] = wished
    .filter(({ language, weight }) => weight > 0 && readLanguage(language) !== null)
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at);
  return readLanguage(best?.language);
}

/** What the address asks for, else what was chosen before, else what the browser asks for, else English. */
export function languageOf(request: Request): Language {
  return (
    readLanguage(new URL(request.url).searchParams.get(LANGUAGE_KEY)) ??
    keptLanguage(request.headers.get('cookie') ?? '') ??
    accepted(request.headers.get('accept-language') ?? '') ??
    'en'
  );
}

const YEAR_S = 31_536_000;

/** A `Set-Cookie` that keeps a choice; the page reads it too. */
export const languageCookie = (language: Language): string =>
  `${LANGUAGE_KEY}=${language}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
