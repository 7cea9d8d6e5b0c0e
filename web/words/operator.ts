import { words as english } from './en/operator.ts';
import { inLanguage } from './language.ts';

/** Words of the operator's page. */
export const operatorWords = inLanguage(english, () => import('./hi/operator.ts'));
