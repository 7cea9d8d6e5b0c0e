/** Hindi words of the lists of trips and of saved routes. */
import type { ListWords } from '../en/lists.ts';

export const words: ListWords = {
  trips: {
    title: 'मेरी यात्राएँ',
    views: 'कौन सी यात्राएँ',
    view: { upcoming: 'आगामी', now: 'अभी', past: 'बीती', archive: 'अभिलेख' },
    empty: {
      upcoming: 'आगे कोई यात्रा नहीं है',
      now: 'अभी कोई यात्रा जारी नहीं है',
      past: 'अभी तक कोई यात्रा पूरी नहीं हुई',
      archive: 'अभिलेख खाली है',
    },
    emptyText: {
      upcoming: 'यात्रा खोजें और कोई एक विकल्प सहेजें: वह यहाँ रहेगा, चरण-दर-चरण बुक होने तक।',
      now: 'यात्रा अपने प्रस्थान से आगमन तक यहाँ रहती है।',
      past: 'पूरी हुई या रद्द यात्राएँ यहाँ रहती हैं।',
      archive: 'आधे वर्ष से पुरानी यात्राएँ अपने आप यहाँ आती हैं।',
    },
    search: 'यात्रा की योजना बनाएँ',
    more: 'और दिखाएँ',
    loaded: (n) => `${n} यात्राएँ दिख रही हैं।`,
    booked: (booked, all) => `${all} में से ${booked} चरण बुक`,
    noRoute: 'मार्ग नहीं चुना',
    restore: 'वापस लाएँ',
  },

  saved: {
    title: 'सहेजे मार्ग',
    empty: 'कोई सहेजा मार्ग नहीं है',
    emptyText: 'जो यात्रा आप बार-बार करते हैं उसका मार्ग सहेजें: वह एक बार छूने से फिर खोजा जाता है।',
    trips: 'मेरी यात्राएँ',
    run: 'आज के लिए खोजें',
    used: (n) => (n === 0 ? 'अभी तक उपयोग नहीं' : `${n} बार उपयोग`),
    last: (day) => `अंतिम ${day}`,
    via: (names) => `${names} होकर`,
    rename: 'नाम बदलें',
    remove: 'हटाएँ',
    removed: (name) => `हटाया: ${name}।`,
    renamed: 'नाम बदल दिया।',
    renameTitle: 'मार्ग का नाम',
    name: 'नाम',
    nameHint: 'जैसे “दिवाली पर घर”। बिना नाम के इसे इसके छोरों से पुकारा जाता है।',
    save: 'सहेजें',
    more: 'और दिखाएँ',
  },
};
