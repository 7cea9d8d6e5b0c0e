import { type Language, localeOf } from '../../units/language.ts';
import { escapeHtml } from '../../units/htmlPage.ts';
import { wordsOf } from './reminderMail.ts';

/** The page behind the link of a mail that stops reminders: no script, the style of signing in. */
export function stopPage(language: Language, state: 'ask' | 'done' | 'unknown'): string {
  const { stop } = wordsOf[language];
  const mine = `<a href="/me">/me</a>`;
  const body = {
    ask: `<p>${escapeHtml(stop.ask)}</p>
<form method="post"><button>${escapeHtml(stop.button)}</button></form>`,
    done: `<p role="status"><strong>${escapeHtml(stop.done)}</strong></p>
<p>${escapeHtml(stop.again)}: ${mine}</p>`,
    unknown: `<p class="fault" role="alert">${escapeHtml(stop.unknown)}: ${mine}</p>`,
  }[state];
  return `<!doctype html>
<html lang="${localeOf[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(stop.title)} · RouteStitch</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/auth/style.css"></head>
<body><header><a class="home" href="/">RouteStitch</a></header>
<main><h1>${escapeHtml(stop.title)}</h1>
${body}
</main></body></html>
`;
}
