/** The pages under /auth, made here so that signing in needs no script and nothing of the rest of the page. */

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Colours of web/styles.css; served beside the pages, which allow no inline style. */
export const signInStyle = `:root{color-scheme:light dark;--paper:#faf7f0;--sheet:#fffdf8;--ink:#1c1a16;--soft:#5a554b;--edge:#8a8375;--accent:#9c2f1b;--on-accent:#fffdf8;--wash:#f5e8e1;font:1.0625rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#151410;--sheet:#1e1c18;--ink:#f2ede1;--soft:#b9b2a3;--edge:#857e70;--accent:#ff9d80;--on-accent:#2a0d05;--wash:#33211a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main{max-width:30rem;margin:0 auto;padding:1rem}
header a,a.action{display:inline-block;line-height:2.75rem}
header a{color:inherit;font-weight:600}
main{background:var(--sheet);border:1px solid var(--edge);border-radius:.5rem;padding:1.25rem}
@media (max-width:32rem){main{border-width:1px 0;border-radius:0}}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
p{margin:0 0 1rem}
a{color:var(--accent)}
form{margin:0 0 1rem}
label{display:block;font-weight:600;margin-bottom:.25rem}
input,button{font:inherit;width:100%;min-height:2.75rem;border-radius:.375rem;padding:.5rem .75rem}
input{background:var(--paper);color:var(--ink);border:1px solid var(--edge);margin-bottom:.75rem}
input[aria-invalid]{border:2px solid var(--accent)}
button{background:var(--accent);color:var(--on-accent);border:2px solid var(--accent);font-weight:600;cursor:pointer}
button.other{background:transparent;color:var(--ink);border-color:var(--edge)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.soft{color:var(--soft)}
.fault{background:var(--wash);border-left:4px solid var(--accent);padding:.5rem .75rem}
`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en-IN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(title)} · RouteStitch</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/auth/style.css"></head>
<body><header><a href="/">RouteStitch</a></header>
<main><h1>${escape(title)}</h1>
${body}
</main></body></html>
`;

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escape(value)}">`;
const action = (href: string, text: string): string =>
  `<p><a class="action" href="${escape(href)}">${escape(text)}</a></p>`;

export interface SignInForm {
  readonly returnTo: string;
  /** What was typed, when it is asked for again. */
  readonly email?: string;
  readonly fault?: string;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly signedInAs: string | null;
}

export function signInPage({ returnTo, email = '', fault, providers, signedInAs }: SignInForm): string {
  const others = providers.map(
    ({ id, name }) => `<form method="post" action="/auth/signin/${escape(id)}">${hidden('returnTo', returnTo)}
<button class="other">Continue with ${escape(name)}</button></form>`,
  );
  const wrong = fault === undefined ? '' : ' aria-invalid="true" aria-describedby="fault"';
  return page(
    'Sign in',
    `${signedInAs === null ? '' : `<p>You are signed in as ${escape(signedInAs)}.</p>`}
${fault === undefined ? '' : `<p class="fault" id="fault" role="alert">${escape(fault)}</p>`}
<form method="post" action="/auth/signin">${hidden('returnTo', returnTo)}
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254" value="${escape(email)}"${wrong}>
<button>Send me a link</button></form>
<p class="soft">No password: the link signs you in, and makes your account the first time.</p>
${others.join('\n')}`,
  );
}

export const sentPage = (by: 'mail' | 'terminal', minutes: number): string =>
  page(
    by === 'mail' ? 'Look into your mail' : 'Look at the terminal',
    `<p>${
      by === 'mail'
        ? 'A link is on its way to the address, if it can receive mail.'
        : 'This server has no mail server set: it printed the link where it was started.'
    } It works once, within ${minutes} minutes.</p>
<p class="soft">Nothing there after two minutes? Look among unwanted mail, or ask again.</p>
${action('/auth/signin', 'Ask for another link')}`,
  );

export interface Confirmation {
  readonly email: string;
  readonly token: string;
  readonly returnTo: string;
  /** Another user, who is signed in here. */
  readonly signedInAs: string | null;
}

export const confirmPage = ({ email, token, returnTo, signedInAs }: Confirmation): string =>
  signedInAs !== null && signedInAs !== email
    ? page(
        'Somebody else is signed in',
        `<p>This link signs in <strong>${escape(email)}</strong>, and you are signed in as <strong>${escape(signedInAs)}</strong>.
Sign out, and open the link once more.</p>
<form method="post" action="/auth/signout"><button>Sign out</button></form>`,
      )
    : page(
        'Sign in',
        `<p>As <strong>${escape(email)}</strong>, in this browser.</p>
<form method="post" action="/auth/confirm">${hidden('token', token)}${hidden('email', email)}${hidden('returnTo', returnTo)}
<button>Sign in</button></form>
<p class="soft">Only if you asked for this link yourself.</p>`,
      );

/** The way to a provider, over a page: a redirect after a form would break the rule `form-action 'self'`. */
export const goingOnPage = (name: string, url: string): string =>
  page('One moment', action(url, `Go on to ${name}`));

export const failedPage = (title: string, detail: string): string =>
  page(
    title,
    `<p class="fault" role="alert">${escape(detail)}</p>\n${action('/auth/signin', 'Ask for a new link')}`,
  );

export const signedOutPage = (): string =>
  page('Signed out', `<p>This browser is signed out.</p>\n${action('/auth/signin', 'Sign in again')}`);
