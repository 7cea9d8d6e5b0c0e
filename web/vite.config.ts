import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { serviceWorker } from './serviceWorker/build.ts';

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite',
  plugins: [react(), tailwindcss(), serviceWorker],
  build: {
    outDir: 'dist',
    // What each chunk loads: web/budget.test.ts adds it up.
    manifest: true,
    emptyOutDir: true,
    // Nothing inline: the page runs under a policy without data: and inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
  // `vite` for development in front of a running `npm start`.
  server: { proxy: { '/api': process.env['API_URL'] ?? 'http://127.0.0.1:3000' } },
});
