/** Names of modes on the pages that the server writes. */
import type { Language } from '../../units/language.ts';
import type { LegMode } from './contract.ts';

const english: Readonly<Record<LegMode, string>> = {
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

const hindi: Readonly<Record<LegMode, string>> = {
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
  en: english,
  hi: hindi,
};
