/** Names of modes, for the page and for what the server writes; `web/words` has them checked against the modes of legs. */
import type { Language } from './language.ts';

export const englishModes = {
  train: 'Train',
  bus: 'Bus',
  flight: 'Flight',
  metro: 'Metro',
  tram: 'Tram',
  ferry: 'Ferry',
  taxi: 'Taxi',
  auto: 'Auto',
  walk: 'Walk',
};

export const hindiModes = {
  train: 'ट्रेन',
  bus: 'बस',
  flight: 'उड़ान',
  metro: 'मेट्रो',
  tram: 'ट्राम',
  ferry: 'फ़ेरी',
  taxi: 'टैक्सी',
  auto: 'ऑटो',
  walk: 'पैदल',
};

/** By any name: a kept route may have a mode that is not known any more. */
export const modeWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: englishModes,
  hi: hindiModes,
};
