/** Hindi words of what is kept in the browser, and of what waits in it. */
import type { OfflineWords } from '../en/offline.ts';

export const words: OfflineWords = {
  asOf: (day, clock) => `कनेक्शन नहीं है: इस डिवाइस से, जैसा ${day} को ${clock} बजे था।`,
  kept: 'कनेक्शन मिलने तक इस डिवाइस पर रखा है।',
  waits: 'इस डिवाइस पर भेजे जाने की प्रतीक्षा में',
  waiting: (n) => `${n} बदलाव इस डिवाइस पर प्रतीक्षा में हैं; कनेक्शन मिलने पर भेजे जाएँगे।`,
  sent: 'इस डिवाइस पर जो प्रतीक्षा में था, वह भेज दिया गया।',
  gone: 'जो प्रतीक्षा में था वह ऐसी यात्रा का था जो अब नहीं है।',
  decide: 'बिना कनेक्शन के जो दर्ज किया, उस पर आपका निर्णय चाहिए।',
  look: 'देखें',
  changed: 'यह चरण इस बीच कहीं और बदला गया। आपके कहे बिना कुछ नहीं बदलेगा।',
  refused: (reason) => `यह दर्ज नहीं हो सका: ${reason}`,
  theirs: 'अभी वहाँ',
  mine: 'आपका',
  sendMine: 'मेरा दर्ज करें',
  keepTheirs: 'जो है वही रखें',
  dropMine: 'मेरा हटाएँ',
};
