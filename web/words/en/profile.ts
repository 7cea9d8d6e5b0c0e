/** English words of the page about its traveller. */
import { count } from './site.ts';

export const words = {
  title: 'Me',
  account: 'Account',
  appearance: 'How the page looks',
  save: 'Save',
  saved: 'Saved.',
  back: 'As it was.',

  about: {
    title: 'About you',
    name: 'Name',
    nameHint: 'Shown on a shared trip only if you say so there.',
    phone: 'Phone',
    phoneHint: 'With the country code, as +919812345678.',
    phoneWrong: 'Enter the number with its country code and without spaces, as +919812345678.',
    profession: 'Profession',
    senior: 'Senior citizen',
    other: 'Other',
  },

  traveller: {
    title: 'For concessions',
    intro:
      'What you say here answers the questions of concession rules, so that prices are those you would pay. It is kept with your account, shown to nobody and erased with it.',
    birthYear: 'Year of birth',
    birthYearWrong: 'Enter a year, as 1990.',
    health: 'Health, where a concession asks for it',
    patient: 'Under treatment for',
    groups: 'Groups with rules of their own',
    patients: {
      CANCER: 'Cancer',
      THALASSAEMIA: 'Thalassaemia',
      HEART_SURGERY: 'Heart, with surgery',
      KIDNEY: 'Kidney, with transplant or dialysis',
      TUBERCULOSIS: 'Tuberculosis',
      AIDS: 'AIDS',
      OSTOMY: 'Ostomy',
      HAEMOPHILIA: 'Haemophilia',
      LEPROSY: 'Leprosy',
      SICKLE_CELL: 'Sickle-cell anaemia',
      APLASTIC_ANAEMIA: 'Aplastic anaemia',
    },
    groupNames: {
      SC_ST: 'SC or ST',
      RURAL_GOVERNMENT_SCHOOL: 'Rural government school',
      RESEARCH_SCHOLAR: 'Research scholar',
      WAR_WIDOW: 'War widow',
      GALLANTRY: 'Gallantry award',
      PARAMILITARY: 'Paramilitary forces',
      POLICE_MEDAL: 'Police medal',
      PRESS: 'Accredited press',
      ARTIST: 'Artist',
      SPORTS: 'Sportsperson',
      FARMER: 'Farmer',
      YOUTH: 'Unemployed youth',
    },
  },

  mail: {
    title: 'Mail',
    reminders: 'Remind me by mail when a booking opens and before a departure',
    quiet: 'No mail between',
    from: 'From',
    to: 'To',
  },

  privacy: {
    title: 'Privacy',
    consent: 'Keep my searches and clicks under my name, to see what the page is used for',
    consentHint:
      'Without it they are counted, but nobody knows whose they are. Taking it back takes your name off them.',
    since: (day: string) => `Agreed to on ${day}.`,
    given: 'Thank you. It can be taken back here at any time.',
    taken: 'Your name is off all of them.',
    export: 'Everything that is kept about you',
    exportText: 'One file, as it is stored, without secrets.',
    download: 'Download (.json)',
    erase: 'Erase my account',
    eraseText:
      'At once and for good: trips, routes, links, calendars and this profile. There is no way back.',
    eraseTitle: 'Erase everything?',
    confirm: (email: string) => `Type your address, ${email}, to confirm.`,
    address: 'E-mail address',
    wrong: 'This is not the address of the account.',
    eraseNow: 'Erase for good',
    keep: 'Keep my account',
    erased: 'Your account is erased.',
  },

  sessions: {
    title: 'Where you are signed in',
    here: 'this browser',
    unknown: 'Unknown browser',
    seen: (when: string) => `last seen ${when}`,
    since: (day: string) => `since ${day}`,
    end: 'Sign out there',
    ended: 'Signed out there.',
    endOthers: 'Sign out everywhere else',
    endedOthers: (n: number) => `${count(n, 'session', 'sessions')} ended.`,
  },
};
export type ProfileWords = typeof words;
