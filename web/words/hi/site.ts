/** Hindi words of the frame round every page, and those that several pages share. */
import type { SiteWords } from '../en/site.ts';

export const words: SiteWords = {
  name: 'RouteStitch',
  title: 'RouteStitch: भारत की रेल, बस, उड़ान और मेट्रो से जुड़ी एक यात्रा',
  pageTitle: (page) => `${page} · RouteStitch`,
  tagline: 'रेल, बस, उड़ान और मेट्रो से सिली एक यात्रा',
  skip: 'मुख्य भाग पर जाएँ',
  honesty: 'RouteStitch टिकट नहीं बेचता। दाम अनुमान हैं, प्रस्ताव नहीं: सही दाम वही बताता है जो टिकट बेचता है।',
  interface: 'HTTP इंटरफ़ेस',
  offline: 'आप ऑफ़लाइन हैं। पेज पर जो है वह बना रहेगा; नई खोज के लिए कनेक्शन चाहिए।',
  pages: 'पेज',
  tabs: { search: 'खोज', trips: 'यात्राएँ', saved: 'सहेजे मार्ग', me: 'मैं' },
  aboutData: 'आँकड़ों के बारे में',
  operator: 'संचालक के लिए',
  styleGuide: 'शैली मार्गदर्शिका',
  languageChoice: 'भाषा',
  languageChanged: 'यह पेज अब हिन्दी में है।',
  theme: { legend: 'रंग', auto: 'उपकरण जैसा', light: 'हल्के', dark: 'गहरे' },
  loading: 'लोड हो रहा है…',

  notFound: {
    title: 'ऐसा कोई पेज नहीं है',
    text: 'पता ग़लत लिखा हो सकता है, या जो यहाँ था वह अब नहीं है।',
  },
  offlinePage: {
    title: 'कनेक्शन नहीं है',
    text: 'यह पेज खोलने के लिए कनेक्शन चाहिए। जो पहले खोला था वह अब भी पढ़ा जा सकता है।',
  },
  home: 'यात्रा की योजना बनाएँ',
  broken: 'पेज नहीं दिखाया जा सका',
  notLoaded: 'पेज का यह भाग लोड नहीं हो सका',
  reload: 'फिर से लोड करें',

  session: {
    signIn: 'साइन इन करें',
    signOut: 'साइन आउट करें',
    signedInAs: (email) => `${email} के रूप में साइन इन`,
    needed: 'यात्राएँ सहेजने और सहेजी यात्राएँ देखने के लिए साइन इन करें।',
    why: 'पासवर्ड नहीं: ई-मेल में आया लिंक साइन इन करा देता है। खोज के लिए खाता नहीं चाहिए।',
  },
  toast: { undo: 'वापस लें', close: 'बंद करें', undone: 'वापस ले लिया।' },
  close: 'बंद करें',
  empty: 'यहाँ अभी कुछ नहीं है',

  modes: {
    train: 'ट्रेन',
    bus: 'बस',
    flight: 'उड़ान',
    metro: 'मेट्रो',
    tram: 'ट्राम',
    ferry: 'फ़ेरी',
    taxi: 'टैक्सी',
    auto: 'ऑटो',
    walk: 'पैदल',
  },
  preferences: { FASTEST: 'सबसे तेज़', BALANCED: 'संतुलित', CHEAPEST: 'सबसे सस्ता' },
  picks: { FASTEST: 'सबसे तेज़', BALANCED: 'संतुलित', CHEAPEST: 'सबसे सस्ता', SAFEST: 'सबसे भरोसेमंद' },
  certainty: { A: 'आधिकारिक', B: 'रिपोर्ट से', C: 'सामान्य जानकारी', D: 'हमारा अनुमान' },
  tripStatus: {
    PLANNED: 'योजना में',
    PARTIALLY_BOOKED: 'कुछ बुक',
    FULLY_BOOKED: 'पूरी बुक',
    IN_PROGRESS: 'जारी',
    COMPLETED: 'पूरी हुई',
    CANCELLED: 'रद्द',
  },

  problem: {
    title: 'यह नहीं हो सका',
    offlineTitle: 'सर्वर तक पहुँच नहीं है',
    offline: 'कनेक्शन जाँचें। आपका लिखा हुआ बना रहेगा।',
    limitedTitle: 'थोड़े समय में बहुत अधिक अनुरोध',
    limited: (seconds) => `आप ${seconds} सेकंड में फिर कोशिश कर सकते हैं।`,
    ready: 'अब आप फिर कोशिश कर सकते हैं।',
    kept: 'आपका लिखा हुआ बना रहेगा।',
    retry: 'फिर कोशिश करें',
    code: 'कोड',
    request: 'अनुरोध',
    unreadable: 'सर्वर का उत्तर ऐसे रूप में आया जिसे यह पेज नहीं जानता।',
    signIn: 'सत्र समाप्त हो गया है। फिर साइन इन करें।',
  },

  units: {
    hours: (n) => `${n} घंटे`,
    minutes: (n) => `${n} मिनट`,
    duration: (hours, minutes) =>
      hours === 0 ? `${minutes} मि` : minutes === 0 ? `${hours} घं` : `${hours} घं ${minutes} मि`,
    km: (km) => `${km} किमी`,
    party: (n) => `${n} यात्री`,
    and: (names) =>
      names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} और ${names.at(-1)}`,
    about: (price) => `लगभग ${price}`,
    changes: (n) => (n === 0 ? 'कोई बदलाव नहीं' : `${n} बदलाव`),
  },
};
