import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const pagesDirectory = fileURLToPath(new URL('src/web/', import.meta.url));
const pages = ['playground.html'];

export default defineConfig({
  root: pagesDirectory,
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The bundled packages' licences ask that their notices travel with the copies.
    license: { fileName: 'licenses.md' },
    // Monaco is over 3 MB on its own and only loads after the page has drawn.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // React's "use client" marks mean nothing to a page without a server renderer.
      checks: { moduleLevelDirective: false },
      input: pages.map((page) => pagesDirectory + page),
    },
  },
});
