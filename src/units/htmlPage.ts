/** Frame of the pages that the server writes: no script, no inline style, in the language of their reader. */
import { type Language, LANGUAGE_KEY, localeOf } from './language.ts';

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

export interface HtmlPage {
  readonly language: Language;
  readonly title: string;
  /** Address of its style sheet. */
  readonly style: string;
  /** Path and query of a page that can be asked for in the other language; null for what answers a form. */
  readonly address: string | null;
  /** HTML that follows the heading. */
  readonly body: string;
}

const switchTo = {
  en: { language: 'hi', name: 'हिन्दी' },
  hi: { language: 'en', name: 'English' },
} as const satisfies Record<Language, { language: Language; name: string }>;

/** Two stops and a running stitch, as on every page. */
const mark = `<svg aria-hidden="true" width="30" height="22" viewBox="0 0 30 22" fill="none"><path d="M4 17C10 17 10 5 15 5s5 12 11 12" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-dasharray="4.4 3.2"/><circle cx="4" cy="17" r="2.6" fill="currentColor"/><circle cx="26" cy="17" r="2.6" fill="currentColor"/></svg>`;

export const htmlPage = ({ language, title, style, address, body }: HtmlPage): string => `<!doctype html>
<html lang="${localeOf[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} · RouteStitch</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="${style}"></head>
<body><header><a class="home" href="/">${mark} RouteStitch</a>${address === null ? '' : languageSwitch(language, address)}</header>
<main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>
`;

function languageSwitch(spoken: Language, address: string): string {
  const { language, name } = switchTo[spoken];
  const { pathname, searchParams } = new URL(address, 'http://own.invalid');
  searchParams.set(LANGUAGE_KEY, language);
  const href = escapeHtml(`${pathname}?${searchParams.toString()}`);
  return `<a href="${href}" lang="${language}" hreflang="${language}">${name}</a>`;
}
