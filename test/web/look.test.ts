/** How the pages look: nothing that axe finds, nothing wider than a phone, nothing that jumps; pictures to look at. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violationsOf } from './browser.js';
import { artifact, inBrowser } from './visit.js';

const PAGES = {
  home: '/',
  results: '/?q=consistency',
  paper: '/e/paper:improved-distribution-matching-distillation-for-fast-image-synthesis',
  technique: '/e/technique:knowledge-distillation',
  dataset: '/e/dataset:imagenet-64x64',
  path: '/path?from=technique:hyper-sd&to=technique:meal-v2',
  'path-empty': '/path',
  lineage: '/lineage/technique:distribution-matching-distillation',
  'lineage-hub': '/lineage/technique:knowledge-distillation',
  'lineage-table': '/lineage/technique:dmd2?view=table',
  map: '/map?e=technique:dmd2',
  'map-table': '/map?view=table',
  leaderboard: '/d/dataset:imagenet-64x64',
  ontology: '/ontology',
  unknown: '/e/technique:nothing',
  nowhere: '/nowhere',
  playground: '/playground',
};
const pages = Object.entries(PAGES).map(([name, path]) => ({ name, path }));

/** Until all that a page asks has been answered and drawn. */
const settled = async (page: Page) => {
  await page.locator('h1').waitFor();
  await expect
    .poll(() => page.locator('.waiting, .lineage-waiting, main progress').count(), { timeout: 100_000 })
    .toBe(0);
  if (page.url().endsWith('/playground')) await page.locator('.graphiql-query-editor .view-lines').waitFor();
  // What moves is told with the next pictures.
  await page.evaluate('new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(told)))');
};

inBrowser('the look of the explorer', ({ open }) => {
  it.each(pages)(
    '$name does not jump while it loads and has nothing that axe finds, in light and in dark',
    async ({ name, path }) => {
      const page = await open(path, { colorScheme: 'light' });
      await settled(page);
      expect(await page.evaluate<number>('jumped')).toBeLessThanOrEqual(0.01);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // Its editors take their colours when they are loaded.
        if (name === 'playground') await page.reload().then(() => settled(page));
        expect([colorScheme, await violationsOf(page)]).toEqual([colorScheme, []]);
        await page.screenshot({ path: artifact(`${name}-${colorScheme}.png`) });
      }
    },
  );

  it.each(pages)('$name fits a phone', async ({ name, path }) => {
    const page = await open(path, { viewport: { width: 360, height: 740 } });
    await settled(page);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await violationsOf(page)).toEqual([]);
    await page.screenshot({ path: artifact(`${name}-phone.png`) });
  });

  it('follows the preference for light or dark', async () => {
    const grounds = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open('/', { colorScheme });
      grounds.push(await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor'));
    }
    expect(grounds).toEqual(['rgb(251, 251, 249)', 'rgb(21, 24, 26)']);
  });

  it('nothing moves for who wants no motion', async () => {
    const page = await open('/', { reducedMotion: 'reduce' });
    await settled(page);
    const moving = await page.evaluate<number>(`
      document.querySelector('.notices').insertAdjacentHTML('beforeend', '<div class="progress"></div>');
      document.getAnimations().length`);
    expect(moving).toBe(0);
  });
});
