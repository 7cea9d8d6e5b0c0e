import { words as english } from './en/trip.ts';
import { inLanguage } from './language.ts';

/** Words of the page of a trip. */
export const tripWords = inLanguage(english, () => import('./hi/trip.ts'));
