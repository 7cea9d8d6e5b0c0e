import type { Mail } from './mailer.ts';
import { LINK_MINUTES } from './signInLink.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The mail with a sign-in link. No picture, no counted link: nobody learns when it is read. */
export function signInMail(to: string, link: string): Mail {
  const { host } = new URL(link);
  const opening = `Somebody, most likely you, asked to sign in to RouteStitch at ${host} as ${to}.`;
  const validity = `The link works once, within ${LINK_MINUTES} minutes. It opens a page with a button; only the button signs you in.`;
  const otherwise = 'If it was not you, do nothing: without the link nobody can sign in.';
  return {
    to,
    subject: 'Your link to sign in to RouteStitch',
    text: `${opening}\n\nSign in:\n${link}\n\n${validity}\n\n${otherwise}\n`,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to RouteStitch</title></head>
<body><p>${escape(opening)}</p>
<p><a href="${escape(link)}"><strong>Sign in to RouteStitch</strong></a></p>
<p>${escape(validity)}</p>
<p>Should the link not open, copy this into your browser:<br>${escape(link)}</p>
<p>${escape(otherwise)}</p></body></html>
`,
  };
}
