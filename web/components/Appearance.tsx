import { useState } from 'react';
import { changeLanguage, keepLanguage, languages, useLanguage } from '../words/language.ts';
import type { Language } from '../words/language.ts';
import { siteWords } from '../words/site.ts';
import { announce } from './Announcer.tsx';
import { Segments } from './Segments.tsx';
import { chooseTheme, keptTheme, themes } from './theme.ts';

/** Each language by its own name, so that those who read no other find it. */
const names: Readonly<Record<Language, string>> = { en: 'English', hi: 'हिन्दी' };

export function LanguageChoice() {
  const spoken = useLanguage();
  return (
    <Segments
      legend={siteWords.languageChoice}
      name="language"
      value={spoken}
      choices={languages.map((value) => ({ value, text: names[value], lang: value }))}
      onChange={(next) => void speak(next)}
    />
  );
}

async function speak(language: Language): Promise<void> {
  keepLanguage(language);
  await changeLanguage(language);
  announce(siteWords.languageChanged);
}

/** The other language, one press away in the head of every page. */
export function LanguageSwitch() {
  const spoken = useLanguage();
  const other = spoken === 'en' ? 'hi' : 'en';
  return (
    <button type="button" lang={other} className="nav-link" onClick={() => void speak(other)}>
      {names[other]}
    </button>
  );
}

export function ThemeChoice() {
  const [theme, setTheme] = useState(keptTheme);
  return (
    <Segments
      legend={siteWords.theme.legend}
      name="theme"
      value={theme}
      choices={themes.map((value) => ({ value, text: siteWords.theme[value] }))}
      onChange={(next) => {
        setTheme(next);
        chooseTheme(next);
      }}
    />
  );
}
