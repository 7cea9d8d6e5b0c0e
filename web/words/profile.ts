import { words as english } from './en/profile.ts';
import { inLanguage } from './language.ts';

/** Words of the page about its traveller. */
export const profileWords = inLanguage(english, () => import('./hi/profile.ts'));
