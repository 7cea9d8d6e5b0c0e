import { escapeHtml } from '../../units/htmlPage.ts';
import { LANGUAGE_KEY } from '../../units/language.ts';
import { preferences } from '../journeys/contract.ts';
import { SEARCH_PAGE } from './asked.ts';
import { pageWords, type PageWords } from './pageWords.ts';
import type { PageOf } from './searchPage.ts';

/** As many as fit without a script that adds more; the full page takes eight. */
const MOST_STOPS = 2;

/** The form, filled with what was asked. `faulty`: names of fields that were refused. */
export function searchForm({
  language,
  asked,
  today,
  faulty = new Set(),
}: PageOf & { readonly faulty?: ReadonlySet<string> }): string {
  const words = pageWords[language];
  const value = (name: string): string => escapeHtml(asked.get(name) ?? '');
  const wrong = (name: string): string => (faulty.has(name) ? ' aria-invalid="true"' : '');
  const place = (name: 'origin' | 'destination'): string =>
    `<div><label for="${name}">${words[name]}</label>
<input id="${name}" name="${name}" required maxlength="200" autocomplete="off" aria-describedby="place-hint" value="${value(name)}"${wrong(name)}></div>`;
  const late = asked.get('arriveBy') === 'true';
  return `<form action="${SEARCH_PAGE}" method="get">
${asked.has(LANGUAGE_KEY) ? `<input type="hidden" name="${LANGUAGE_KEY}" value="${language}">` : ''}
<div class="row">${place('origin')}${place('destination')}</div>
<p class="soft" id="place-hint">${words.placeHint}</p>
<div class="row"><div><label for="date">${words.date}</label>
<input id="date" name="date" type="date" min="${today}" value="${value('date')}"${wrong('date')}></div>
<div><label for="time">${words.time}</label><input id="time" name="time" type="time" value="${value('time')}"${wrong('time')}></div>
<div><label for="arriveBy">${words.when}</label><select id="arriveBy" name="arriveBy">
<option value="">${words.leaveAfter}</option><option value="true"${late ? ' selected' : ''}>${words.arriveBy}</option></select></div>
<div><label for="passengers">${words.passengers}</label>
<input id="passengers" name="passengers" type="number" inputmode="numeric" min="1" max="20" value="${value('passengers') || '1'}"${wrong('passengers')}></div></div>
${preferenceChoice(asked, words)}
${stopFields(asked, words)}
<button>${words.search}</button>
</form>`;
}

function preferenceChoice(asked: URLSearchParams, words: PageWords): string {
  const wished = asked.get('preference')?.toUpperCase();
  const chosen = preferences.find((name) => name === wished) ?? 'BALANCED';
  const radios = preferences.map(
    (name) =>
      `<label class="choice"><input type="radio" name="preference" value="${name}"${name === chosen ? ' checked' : ''}> ${words.preferences[name]}</label>`,
  );
  return `<fieldset><legend>${words.preference}</legend><div class="row">${radios.join('')}</div></fieldset>`;
}

function stopFields(asked: URLSearchParams, words: PageWords): string {
  const stops = asked.getAll('stop').map((text) => /^(.*?)(?::(\d+))?$/su.exec(text));
  const fields = Array.from({ length: Math.max(MOST_STOPS, stops.length) }, (_, index) => {
    const [, name = '', minutes = '60'] = stops[index] ?? [];
    const stays = Object.entries(words.stays);
    const own = stays.some(([value]) => value === minutes) ? [] : [[minutes, `${minutes} min`] as const];
    const options = [...own, ...stays].map(
      ([value, text]) =>
        `<option value="${escapeHtml(value)}"${value === minutes ? ' selected' : ''}>${escapeHtml(text)}</option>`,
    );
    return `<div class="row"><div><label for="stop${index}">${words.stop(index + 1)}</label>
<input id="stop${index}" name="stop" maxlength="200" autocomplete="off" value="${escapeHtml(name)}"></div>
<div><label for="stay${index}">${words.stay(index + 1)}</label><select id="stay${index}" name="stay">${options.join('')}</select></div></div>`;
  });
  return `<details${stops.length > 0 ? ' open' : ''}><summary>${words.stops}</summary>${fields.join('\n')}</details>`;
}
