import { words as english } from './en/data.ts';
import { inLanguage } from './language.ts';

/** Words of the page about the data. */
export const dataWords = inLanguage(english, () => import('./hi/data.ts'));
