import { words as english } from './en/results.ts';
import { inLanguage } from './language.ts';

/** Words of the options that a search found. */
export const resultWords = inLanguage(english, () => import('./hi/results.ts'));
