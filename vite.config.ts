import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const pagesDirectory = fileURLToPath(new URL('src/web/', import.meta.url));
const pages = ['index.html', 'playground.html'];

/** Writes each asset compressed beside itself, so that the server never compresses one twice. */
const compressed: Plugin = {
  name: 'compressed',
  writeBundle({ dir = '' }) {
    const assets = join(dir, 'assets');
    for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
      const path = join(assets, name);
      const bytes = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      // The highest quality takes ten times as long for 3 % less.
      writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  },
};

export default defineConfig({
  root: pagesDirectory,
  plugins: [compressed],
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
