import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AppError } from '../../errors.ts';
import { requestOfQuery } from '../journeys/contract.ts';
import { addressOf, askedBefore, isAsked, pairsAsked, queryAsked } from './asked.ts';
import { faultPage } from './searchPage.ts';

const asked = (query: string): URLSearchParams => pairsAsked(new URLSearchParams(query));
const page = { language: 'en', today: '2026-12-01', names: {} } as const;
const told = { detail: '', requestId: 'r1', wait: null };

describe('what the form sends', () => {
  test('empty fields were not asked; each stop has its own stay', () => {
    const sent = asked(
      'origin=Noida&destination=Jodhpur&date=&time=&arriveBy=&passengers=2&stop=&stay=60&stop=Ajmer&stay=720',
    );
    assert.deepEqual(requestOfQuery(queryAsked(sent)), {
      origin: 'Noida',
      destination: 'Jodhpur',
      passengers: 2,
      stops: [{ place: 'Ajmer', dwellMinutes: 720 }],
    });
  });

  test('the address of a search is read as the same search', () => {
    const sent = asked('origin=Noida&destination=Jodhpur&stop=Ajmer&stay=720&stop=Jaipur&stay=60');
    const again = pairsAsked(new URL(addressOf(sent), 'http://own.invalid').searchParams);
    assert.deepEqual(queryAsked(again), queryAsked(sent));
    assert.deepEqual(queryAsked(again).stop, ['Ajmer:720', 'Jaipur:60']);
    assert.equal(
      addressOf(asked('origin=a&stop=b:1&stop=c:2'), { stop: ['c:2'] }),
      '/search?origin=a&stop=c%3A2',
    );
  });

  test('a form without an end is a search with a fault, an address without both is the empty form', () => {
    assert.equal(isAsked(asked('origin=Noida&destination=')), true);
    assert.equal(isAsked(asked('origin=&destination=+&lang=hi')), false);
    assert.equal(queryAsked(asked('origin=Noida')).destination, '');
  });

  test('only the own full page tells what was asked before', () => {
    const own = 'https://own.example/search';
    assert.equal(askedBefore('https://own.example/?origin=Noida', own)?.get('origin'), 'Noida');
    for (const other of [
      'https://else.example/?origin=Noida',
      'https://own.example/trips?origin=x',
      '::',
      undefined,
    ])
      assert.equal(askedBefore(other, own), null);
  });
});

describe('what the page says of faults', () => {
  test('each fault leads to its field; what was typed stays text', () => {
    const error = new AppError('INVALID_REQUEST', 'no', { facts: { fields: [{ path: 'destination' }] } });
    const html = faultPage({ ...page, asked: asked('origin="><script>alert(1)</script>') }, error, told);
    assert.match(html, /<a href="#destination">Say where you go\.<\/a>/);
    assert.match(html, /id="destination"[^>]* aria-invalid="true"/);
    assert.doesNotMatch(html, /<script|id="origin"[^>]* aria-invalid/);
    assert.match(html, /value="&quot;&gt;&lt;script&gt;/);
  });

  test('what has no words of its own is told in English, and marked so', () => {
    const error = new AppError('CONFIGURATION', 'secret');
    const html = faultPage({ ...page, language: 'hi', asked: asked('') }, error, {
      ...told,
      detail: 'The configuration is not valid',
      wait: '3',
    });
    assert.match(html, /<span lang="en">The configuration is not valid<\/span>/);
    assert.match(html, /3 सेकंड बाद/u);
    assert.doesNotMatch(html, /secret/);
  });
});
