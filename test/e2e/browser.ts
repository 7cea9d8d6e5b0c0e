/** A system Chromium for the browser tests; npm brings only the driver. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const executablePath = process.env['CHROMIUM_PATH'] || usualPlaces.find((file) => existsSync(file));

/** Reason to skip, or `false`: the value of a test's `skip` option. */
export const withoutChromium: string | false =
  executablePath === undefined
    ? 'no Chromium found: install it ("apt-get install chromium") or set CHROMIUM_PATH to a Chrome or Chromium'
    : false;

export async function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(String(withoutChromium));
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
