import { localeOf } from '../../../units/language.ts';
import { pageWords } from '../../sharing/index.ts';
import { type ReminderWords, timeIn } from './words.ts';

export const hi: ReminderWords = {
  time: timeIn(localeOf.hi),
  mode: (mode) => pageWords.hi.modes[mode] ?? mode,
  subject(kind, { ride, departs, opens, trip }) {
    if (kind === 'BOOKING_OPENS') return `बुकिंग खुलेगी ${opens}: ${ride}`;
    if (kind === 'TATKAL_OPENS') return `तत्काल खुलेगा ${opens}: ${ride}`;
    if (kind === 'NOT_BOOKED') return `अभी बुक नहीं: ${ride}, ${departs}`;
    return `निकलने का समय ${departs}: ${trip}`;
  },
  text(kind, { ride, from, to, departs, opens, classOpen, trip, goesOn }) {
    if (kind === 'BOOKING_OPENS')
      return [
        `${from} से ${to} तक ${ride}, प्रस्थान ${departs}, के टिकट ${opens} (भारतीय समय) से मिलेंगे।`,
        'बर्थ जल्दी भर जाती हैं: यात्रियों के नाम और उम्र तैयार रखें, और जो टिकट कभी भी मिल सकते हैं उनसे पहले इसे बुक करें।',
      ];
    if (kind === 'TATKAL_OPENS')
      return [
        `${from} से ${to} तक ${ride} का प्रस्थान ${departs} है और वह बुक नहीं दिखती। उसके तत्काल टिकट ${opens} (भारतीय समय) से मिलेंगे${classOpen ? ', एसी श्रेणियों में; अपनी श्रेणी का समय जाँच लें' : ''}।`,
        'पक्का हुआ तत्काल टिकट वापस नहीं होता, और उस पर रियायत नहीं मिलती।',
      ];
    if (kind === 'NOT_BOOKED')
      return [
        `${from} से ${to} तक ${ride} का प्रस्थान ${departs} है, और आपने उसे बुक किया हुआ नहीं बताया है।`,
        'बुक कर चुके हों तो यात्रा में बता दें: फिर नहीं पूछा जाएगा।',
      ];
    return [
      goesOn
        ? `आपकी यात्रा ${trip} आगे बढ़ती है: अगला चरण ${departs} पर है।`
        : `आपकी यात्रा ${trip} शुरू होती है: पहला चरण ${departs} पर है।`,
      'समय वही हैं जो मार्ग खोजते समय मिले थे। निकलने से पहले जाँच लें।',
    ];
  },
  legs: 'आपके अगले चरण',
  tripLink: 'यात्रा खोलें',
  wishesLink: 'याद दिलाने की पसंद बदलें',
  stopLink: 'और याद न दिलाएँ',
  why: 'यह इसलिए आया क्योंकि आपने यात्रा सहेजी है।',
  honest: 'RouteStitch टिकट नहीं बेचता। समय और बुकिंग खुलने की जानकारी सांकेतिक है।',
  stop: {
    title: 'और याद न दिलाएँ',
    ask: 'RouteStitch आपको किसी भी यात्रा की याद मेल से नहीं दिलाएगा। साइन इन के लिंक माँगने पर फिर भी आएँगे।',
    button: 'याद दिलाना बंद करें',
    done: 'याद दिलाना बंद है। अब कोई मेल नहीं आएगा।',
    again: 'इसे अपने पेज पर फिर चालू कर सकते हैं',
    unknown: 'यह लिंक हमारा नहीं है। याद दिलाना अपने पेज पर बंद किया जाता है',
  },
};
