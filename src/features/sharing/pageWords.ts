/** Words of the pages that show a trip without a script, by language. */
import type { Language } from '../../units/language.ts';
import { modeWords } from '../../units/modeNames.ts';
import type { TripStatus } from '../trips/contract.ts';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const english = {
  sharedBy: (name: string) => `Shared by ${name}`,
  travellers: (n: number) => count(n, 'traveller', 'travellers'),
  progress: (booked: number, all: number) => `${booked} of ${count(all, 'leg', 'legs')} booked`,
  booked: 'Booked',
  open: 'Not booked yet',
  at: (clock: string) => clock,
  via: (names: string) => `Via ${names}`,
  price: (range: string) => `about ${range}`,
  paid: (price: string) => `paid ${price}`,
  to: ' to ',
  estimate: 'Estimate',
  paidSoFar: 'Paid so far',
  stillOpen: 'Still open',
  noRoute: 'No route is chosen yet.',
  honesty: 'Prices are indicative. Check times with the operator before you travel.',
  own: 'Plan a journey of your own',
  gone: 'This link shows nothing',
  goneText: 'It never did, or it has ended, was revoked, or its trip is gone. Ask for a new one.',
  status: {
    PLANNED: 'Planned',
    PARTIALLY_BOOKED: 'Partly booked',
    FULLY_BOOKED: 'Booked',
    IN_PROGRESS: 'Under way',
    COMPLETED: 'Over',
    CANCELLED: 'Cancelled',
  } satisfies Record<TripStatus, string>,
  modes: modeWords.en,
};
type Words = typeof english;

const hindi: Words = {
  sharedBy: (name) => `साझा किया: ${name}`,
  travellers: (n) => `${n} यात्री`,
  progress: (booked, all) => `${all} में से ${booked} चरण बुक`,
  booked: 'बुक',
  open: 'अभी बुक नहीं',
  at: (clock) => `${clock} बजे`,
  via: (names) => `${names} होकर`,
  price: (range) => `लगभग ${range}`,
  paid: (price) => `${price} चुकाए`,
  to: ' से ',
  estimate: 'अनुमान',
  paidSoFar: 'अब तक चुकाया',
  stillOpen: 'अभी बाक़ी',
  noRoute: 'मार्ग अभी तय नहीं है।',
  honesty: 'दाम अनुमान हैं। यात्रा से पहले समय संचालक से जाँच लें।',
  own: 'अपनी यात्रा की योजना बनाएँ',
  gone: 'यह लिंक कुछ नहीं दिखाता',
  goneText: 'शायद यह कभी था ही नहीं, या समाप्त हो गया, बंद कर दिया गया, या इसकी यात्रा अब नहीं है। नया लिंक माँगें।',
  status: {
    PLANNED: 'योजना में',
    PARTIALLY_BOOKED: 'कुछ बुक',
    FULLY_BOOKED: 'पूरी बुक',
    IN_PROGRESS: 'जारी',
    COMPLETED: 'पूरी हुई',
    CANCELLED: 'रद्द',
  },
  modes: modeWords.hi,
};

export const pageWords: Readonly<Record<Language, Words>> = { en: english, hi: hindi };
export type PageWords = Words;
