import { words as english } from './en/site.ts';
import { inLanguage } from './language.ts';

/** Words of the frame round every page, and those that several pages share. */
export const siteWords = inLanguage(english, () => import('./hi/site.ts'));
