import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { applyTheme, keptTheme } from './components/theme.ts';
import { changeLanguage, wishedLanguage } from './words/language.ts';
import './styles.css';

applyTheme(keptTheme());
void changeLanguage(wishedLanguage()).then(() =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);

// After the page, whose first view must not wait for it. Development has none: it would keep what is being changed.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
