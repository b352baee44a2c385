/** Visits in a browser to a server of their own; where there is no browser they are skipped, which the tally says. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { openEmbedded, seeded } from '../testkit.js';
import { hasBrowser, openBrowser } from './browser.js';
import { buildPages, BUILD_MAX } from './kit.js';

/** Where pictures of the pages are left to be looked at. */
export const artifact = (name: string): string => {
  const directory = fileURLToPath(new URL('artifacts/', import.meta.url));
  mkdirSync(directory, { recursive: true });
  return directory + name;
};

/** Keeps in `jumped` how far things moved of themselves since the page began to load. */
const WATCH = `
  globalThis.jumped = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) jumped += value;
  }).observe({ type: 'layout-shift', buffered: true });`;

export interface Visit {
  /** Where the server is. */
  url: () => string;
  engine: () => Engine;
  /** Opens a path on a page of its own, which fails the test if it logs an error, throws, or asks another server. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  stopServer: () => Promise<void>;
  /** Starts the server again where it was. */
  startServer: () => Promise<void>;
  /** Every reading of the database takes this much longer, in ms. */
  slowDown: (delay: number) => void;
}

/** Tests in a browser, on a server of the seed. */
export function inBrowser(title: string, tests: (visit: Visit) => void): void {
  describe.skipIf(!hasBrowser)(`${title} (Chromium)`, { timeout: 120_000 }, () => {
    let browser: Browser;
    let server: RunningServer;
    let engine: Engine;
    let delay = 0;
    let port = 0;
    const complaints: string[] = [];
    const start = async () => {
      const config = readConfig({ PORT: String(port), STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' });
      const slowed: Engine = {
        ...engine,
        read: async (...question) => {
          if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
          return engine.read(...question);
        },
      };
      server = await startServer(slowed, config);
      port = Number(new URL(server.url).port);
    };
    beforeAll(async () => {
      buildPages();
      engine = await seeded(await openEmbedded());
      await start();
      browser = await openBrowser();
    }, BUILD_MAX);
    afterAll(async () => {
      await browser.close();
      await server.stop();
      await engine.close();
    });
    afterEach(async () => {
      delay = 0;
      await Promise.all(browser.contexts().map((context) => context.close()));
      expect(complaints.splice(0)).toEqual([]);
    });
    const open = async (path: string, options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        const asked = new URL(request.url());
        if (!['data:', 'blob:'].includes(asked.protocol) && asked.origin !== server.url) complaints.push(asked.href);
      });
      await page.addInitScript(WATCH);
      await page.goto(server.url + path);
      return page;
    };
    tests({
      url: () => server.url,
      engine: () => engine,
      open,
      stopServer: () => server.stop(),
      startServer: start,
      slowDown: (by) => {
        delay = by;
      },
    });
  });
}
