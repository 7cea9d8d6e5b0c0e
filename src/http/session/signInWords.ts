/** Words of the pages under /auth, by language. */
import type { ErrorCode } from '../../errors.ts';
import type { Language } from '../../units/language.ts';

const english = {
  signIn: 'Sign in',
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  address: 'E-mail address',
  wrongAddress: 'Enter one e-mail address in plain letters, as name@example.org.',
  send: 'Send me a link',
  why: 'No password: the link signs you in, and makes your account the first time.',
  or: 'or',
  continueWith: (name: string) => `Continue with ${name}`,
  mailTitle: 'Look into your mail',
  terminalTitle: 'Look at the terminal',
  byMail: 'A link is on its way to the address, if it can receive mail.',
  byTerminal: 'This server has no mail server set: it printed the link where it was started.',
  once: (minutes: number) => `It works once, within ${minutes} minutes.`,
  nothing: 'Nothing there after two minutes? Look among unwanted mail, or ask again.',
  again: 'Ask for another link',
  somebodyElse: 'Somebody else is signed in',
  bothUsers: (link: string, here: string) =>
    `This link signs in ${link}, and you are signed in as ${here}. Sign out, and open the link once more.`,
  signOut: 'Sign out',
  as: (email: string) => `As ${email}, in this browser.`,
  onlyYou: 'Only if you asked for this link yourself.',
  moment: 'One moment',
  goOn: (name: string) => `Go on to ${name}`,
  signedOut: 'Signed out',
  signedOutText: 'This browser is signed out.',
  signInAgain: 'Sign in again',
  home: 'Plan a journey',
  failures: {} as Partial<Record<ErrorCode, readonly [title: string, text: string]>>,
  failed: '',
};
type Words = typeof english;

const hindi: Words = {
  signIn: 'साइन इन करें',
  signedInAs: (email) => `आप ${email} के रूप में साइन इन हैं।`,
  address: 'ई-मेल पता',
  wrongAddress: 'साधारण अक्षरों में एक ई-मेल पता लिखें, जैसे name@example.org।',
  send: 'मुझे लिंक भेजें',
  why: 'पासवर्ड नहीं: लिंक साइन इन करा देता है, और पहली बार आपका खाता बना देता है।',
  or: 'या',
  continueWith: (name) => `${name} से आगे बढ़ें`,
  mailTitle: 'अपनी ई-मेल देखें',
  terminalTitle: 'टर्मिनल देखें',
  byMail: 'यदि उस पते पर ई-मेल आ सकती है तो लिंक भेज दिया गया है।',
  byTerminal: 'इस सर्वर पर ई-मेल सर्वर तय नहीं है: लिंक वहीं छपा है जहाँ से सर्वर चलाया गया था।',
  once: (minutes) => `यह एक ही बार, ${minutes} मिनट के भीतर काम करता है।`,
  nothing: 'दो मिनट बाद भी कुछ नहीं आया? अवांछित ई-मेल में देखें, या फिर से माँगें।',
  again: 'दूसरा लिंक माँगें',
  somebodyElse: 'कोई और साइन इन है',
  bothUsers: (link, here) =>
    `यह लिंक ${link} को साइन इन कराता है, और आप ${here} के रूप में साइन इन हैं। साइन आउट करें और लिंक फिर खोलें।`,
  signOut: 'साइन आउट करें',
  as: (email) => `${email} के रूप में, इस ब्राउज़र में।`,
  onlyYou: 'केवल तब, जब यह लिंक आपने स्वयं माँगा हो।',
  moment: 'एक पल',
  goOn: (name) => `${name} पर आगे बढ़ें`,
  signedOut: 'साइन आउट हो गया',
  signedOutText: 'यह ब्राउज़र साइन आउट है।',
  signInAgain: 'फिर साइन इन करें',
  home: 'यात्रा की योजना बनाएँ',
  failures: {
    UNPROCESSABLE: [
      'यह नहीं हो सका',
      'यह लिंक काम नहीं करता: इसका उपयोग हो चुका है, यह पुराना हो गया है, या किसी दूसरे पते के लिए माँगा गया था। नया लिंक माँगें।',
    ],
    CONFLICT: ['कोई और साइन इन है', 'पहले साइन आउट करें, फिर लिंक खोलें।'],
    RATE_LIMITED: ['बहुत अधिक अनुरोध', 'थोड़ी देर रुककर फिर कोशिश करें।'],
    UNAVAILABLE: ['अभी उपलब्ध नहीं', 'यह सर्वर अभी लिंक नहीं भेज सकता। थोड़ी देर बाद फिर कोशिश करें।'],
    FORBIDDEN: ['अनुमति नहीं', 'यह अनुरोध किसी दूसरी साइट के पेज से आया।'],
  },
  failed: 'यह नहीं हो सका',
};

export const signInWords: Readonly<Record<Language, Words>> = { en: english, hi: hindi };
