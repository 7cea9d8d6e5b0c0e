import { type Language, localeOf } from '../../units/language.ts';
import type { Mail } from './mailer.ts';
import { LINK_MINUTES } from './signInLink.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const english = {
  subject: 'Your link to sign in to RouteStitch',
  signIn: 'Sign in to RouteStitch',
  opening: (host: string, to: string) =>
    `Somebody, most likely you, asked to sign in to RouteStitch at ${host} as ${to}.`,
  below: 'Sign in:',
  validity: `The link works once, within ${LINK_MINUTES} minutes. It opens a page with a button; only the button signs you in.`,
  copy: 'Should the link not open, copy this into your browser:',
  otherwise: 'If it was not you, do nothing: without the link nobody can sign in.',
};

const hindi: typeof english = {
  subject: 'RouteStitch में साइन इन का आपका लिंक',
  signIn: 'RouteStitch में साइन इन करें',
  opening: (host, to) => `किसी ने, शायद आपने ही, ${host} पर ${to} के रूप में RouteStitch में साइन इन करना चाहा।`,
  below: 'साइन इन करें:',
  validity: `लिंक एक ही बार, ${LINK_MINUTES} मिनट के भीतर काम करता है। इससे एक पेज खुलता है; साइन इन उसके बटन से ही होता है।`,
  copy: 'लिंक न खुले तो इसे अपने ब्राउज़र में कॉपी करें:',
  otherwise: 'यदि यह आपने नहीं माँगा तो कुछ न करें: लिंक के बिना कोई साइन इन नहीं कर सकता।',
};

/** The mail with a sign-in link. No picture, no counted link: nobody learns when it is read. */
export function signInMail(to: string, link: string, language: Language = 'en'): Mail {
  const words = language === 'hi' ? hindi : english;
  const opening = words.opening(new URL(link).host, to);
  return {
    to,
    subject: words.subject,
    text: `${opening}\n\n${words.below}\n${link}\n\n${words.validity}\n\n${words.otherwise}\n`,
    html: `<!doctype html>
<html lang="${localeOf[language]}"><head><meta charset="utf-8"><title>${words.signIn}</title></head>
<body><p>${escape(opening)}</p>
<p><a href="${escape(link)}"><strong>${words.signIn}</strong></a></p>
<p>${escape(words.validity)}</p>
<p>${words.copy}<br>${escape(link)}</p>
<p>${escape(words.otherwise)}</p></body></html>
`,
  };
}
