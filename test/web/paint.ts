/**
 * How fast pages are there, in a browser that has seen none of it:
 *
 *     npx tsx test/web/paint.ts http://localhost:4000
 *
 * First paint, when all of it was shown and when it could be used (behind the last task over 50 ms), and how far things
 * moved meanwhile; in ms since the address was entered, medians of visits in contexts of their own.
 */
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.js';

const VISITS = 5;

const PAGES = {
  home: '/',
  paper: '/e/paper:improved-distribution-matching-distillation-for-fast-image-synthesis',
  lineage: '/lineage/technique:dmd2',
  path: '/path?from=technique:hyper-sd&to=technique:meal-v2',
  map: '/map',
};

/** What tells that a page shows all it has. */
const SHOWN = {
  home: '.connected li',
  paper: '.relation-list li',
  lineage: '.drawing .node',
  path: '.chain li',
  map: '.map-drawing canvas',
};

interface Visit {
  painted: number;
  shown: number;
  usable: number;
  moved: number;
}

/** Runs in the page before anything of it; the page forbids strings as programs later on. */
const watch = (shown: string) => `
  globalThis.seen = { shown: null, busy: 0, moved: 0 };
  new MutationObserver(() => {
    seen.shown ??= document.querySelector(${JSON.stringify(shown)}) && performance.now();
  }).observe(document, { subtree: true, childList: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.busy = startTime + duration;
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.moved += value;
  }).observe({ type: 'layout-shift', buffered: true });`;

async function visit(browser: Browser, url: string, shown: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await page.addInitScript(watch(shown));
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(shown).first().waitFor({ state: 'attached', timeout: 120_000 });
  // Tasks that come late count too.
  await page.waitForTimeout(1000);
  const { busy, ...seen } = await page.evaluate<Omit<Visit, 'usable'> & { busy: number }>(
    `({ painted: performance.getEntriesByName('first-contentful-paint')[0].startTime, ...seen })`,
  );
  await context.close();
  return { ...seen, usable: Math.max(seen.shown, busy) };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const [, , url = 'http://localhost:4000'] = process.argv;
const browser = await openBrowser();
const names = Object.keys(PAGES) as (keyof typeof PAGES)[];
const visits = new Map<string, Visit[]>(names.map((name) => [name, []]));
// In turn, so that what else the machine does falls on all alike.
for (let i = 0; i < VISITS; i++)
  for (const name of names) visits.get(name)?.push(await visit(browser, url + PAGES[name], SHOWN[name]));
await browser.close();
console.table(
  Object.fromEntries(
    [...visits].map(([name, of]) => [
      name,
      {
        'first paint': Math.round(median(of.map(({ painted }) => painted))),
        'all shown': Math.round(median(of.map(({ shown }) => shown))),
        usable: Math.round(median(of.map(({ usable }) => usable))),
        'layout shift': Math.max(...of.map(({ moved }) => moved)).toFixed(4),
      },
    ]),
  ),
);
