/** The pages under /auth, made here so that signing in needs no script and nothing of the rest of the page. */
import type { ErrorCode } from '../../errors.ts';
import { escapeHtml as escape, htmlPage } from '../../units/htmlPage.ts';
import type { Language } from '../../units/language.ts';
import { signInWords } from './signInWords.ts';

/** Colours of web/styles.css; served beside the pages, which allow no inline style. */
export const signInStyle = `:root{color-scheme:light dark;--paper:#faf7f0;--sheet:#fffdf8;--ink:#1c1a16;--soft:#5a554b;--edge:#8a8375;--accent:#9c2f1b;--on-accent:#fffdf8;--wash:#f5e8e1;font:1.0625rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari',sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#151410;--sheet:#1e1c18;--ink:#f2ede1;--soft:#b9b2a3;--edge:#857e70;--accent:#ff9d80;--on-accent:#2a0d05;--wash:#33211a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main{max-width:30rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;align-items:center;justify-content:space-between}
header a,a.action{display:inline-flex;align-items:center;min-height:2.75rem}
header a{color:inherit;text-decoration:none}
header a.home{gap:.5rem;font:600 1.25rem/1.5 'Iowan Old Style',Charter,Georgia,'Noto Serif',serif}
header svg{color:var(--accent)}
main{background:var(--sheet);border:solid var(--ink);border-width:3px 0 1px;border-top-style:double;padding:1.5rem 1rem}
@media (min-width:32rem){main{margin-top:1.5rem;padding:1.75rem 2rem}}
h1{font:600 1.5rem/1.25 'Iowan Old Style',Charter,Georgia,'Noto Serif','Noto Serif Devanagari',serif;margin:0 0 .75rem}
p{margin:0 0 1rem}
a{color:var(--accent);text-underline-offset:.2em}
form{margin:0 0 1rem}
label{display:block;margin-bottom:.25rem;font-size:.875rem;color:var(--soft)}
input,button{font:inherit;width:100%;min-height:2.75rem;border-radius:3px;padding:.5rem .75rem}
input{background:var(--paper);color:var(--ink);border:1px solid var(--edge);margin-bottom:.75rem}
input[aria-invalid]{border:2px solid var(--accent)}
button{background:var(--accent);color:var(--on-accent);border:1px solid var(--accent);font-weight:600;cursor:pointer}
button.other{background:transparent;color:var(--ink);border-color:var(--edge);font-weight:400}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.soft{color:var(--soft);font-size:.9375rem}
.or{display:flex;align-items:center;gap:1rem;color:var(--soft)}
.or::before,.or::after{content:'';flex:1;border-top:1px solid var(--edge)}
.fault{background:var(--wash);border-left:4px solid var(--accent);padding:.5rem .75rem}
`;

/**
 * The pages in one language. `address`: path and query of a page that can be asked for in the other one; null for what
 * answers a form.
 */
export function signInPages(language: Language, address: string | null = null) {
  const words = signInWords[language];

  const page = (title: string, body: string): string =>
    htmlPage({ language, title, style: '/auth/style.css', address, body });

  return {
    /** The form that asks for the address. */
    signIn({ returnTo, email = '', faulty = false, providers, signedInAs }: SignInForm): string {
      const others = providers.map(
        ({
          id,
          name,
        }) => `<form method="post" action="/auth/signin/${escape(id)}">${hidden('returnTo', returnTo)}
<button class="other">${escape(words.continueWith(name))}</button></form>`,
      );
      const wrong = faulty ? ' aria-invalid="true" aria-describedby="fault"' : '';
      return page(
        words.signIn,
        `${signedInAs === null ? '' : `<p>${escape(words.signedInAs(signedInAs))}</p>`}
${faulty ? `<p class="fault" id="fault" role="alert">${words.wrongAddress}</p>` : ''}
<form method="post" action="/auth/signin">${hidden('returnTo', returnTo)}
<label for="email">${words.address}</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254" value="${escape(email)}"${wrong}>
<button>${words.send}</button></form>
<p class="soft">${words.why}</p>
${others.length > 0 ? `<p class="or">${words.or}</p>` : ''}
${others.join('\n')}`,
      );
    },

    sent: (by: 'mail' | 'terminal', minutes: number): string =>
      page(
        by === 'mail' ? words.mailTitle : words.terminalTitle,
        `<p>${by === 'mail' ? words.byMail : words.byTerminal} ${words.once(minutes)}</p>
<p class="soft">${words.nothing}</p>
${action('/auth/signin', words.again)}`,
      ),

    confirm: ({ email, token, returnTo, signedInAs }: Confirmation): string =>
      signedInAs !== null && signedInAs !== email
        ? page(
            words.somebodyElse,
            `<p>${words.bothUsers(strong(email), strong(signedInAs))}</p>
<form method="post" action="/auth/signout"><button>${words.signOut}</button></form>`,
          )
        : page(
            words.signIn,
            `<p>${words.as(strong(email))}</p>
<form method="post" action="/auth/confirm">${hidden('token', token)}${hidden('email', email)}${hidden('returnTo', returnTo)}
<button>${words.signIn}</button></form>
<p class="soft">${words.onlyYou}</p>`,
          ),

    /** The way to a provider, over a page: a redirect after a form would break the rule `form-action 'self'`. */
    goingOn: (name: string, url: string): string => page(words.moment, action(url, words.goOn(name))),

    /** What failed, said in the language where it has words for it. */
    failed(code: ErrorCode, title: string, detail: string): string {
      const [heading, text] = words.failures[code] ?? [words.failed || title, null];
      const said = text === null ? `<span lang="en">${escape(detail)}</span>` : escape(text);
      return page(
        heading,
        `<p class="fault" role="alert">${said}</p>\n${action('/auth/signin', words.again)}`,
      );
    },

    signedOut: (): string =>
      page(
        words.signedOut,
        `<p>${words.signedOutText}</p>\n${action('/auth/signin', words.signInAgain)}\n${action('/', words.home)}`,
      ),
  };
}

const strong = (text: string): string => `<strong>${escape(text)}</strong>`;
const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escape(value)}">`;
const action = (href: string, text: string): string =>
  `<p><a class="action" href="${escape(href)}">${escape(text)}</a></p>`;

interface SignInForm {
  readonly returnTo: string;
  /** What was typed, when it is asked for again. */
  readonly email?: string;
  /** What was typed is no address. */
  readonly faulty?: boolean;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly signedInAs: string | null;
}

interface Confirmation {
  readonly email: string;
  readonly token: string;
  readonly returnTo: string;
  /** Another user, who is signed in here. */
  readonly signedInAs: string | null;
}
