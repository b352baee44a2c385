/** The lineage view in a browser: read, walked, expanded, saved, by mouse and by keyboard. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { openEmbedded, seeded, writeTriples } from '../testkit.js';
import { hasBrowser, openBrowser, violationsOf } from './browser.js';
import { buildPages, BUILD_MAX } from './kit.js';

const DMD2 = '/lineage/technique:dmd2';
const HOSTILE = '<img/src=x/onerror=alert(1)>';

describe.skipIf(!hasBrowser)('the lineage view', { timeout: 120_000 }, () => {
  let engine: Engine;
  let server: RunningServer;
  let browser: Browser;
  let complaints: string[] = [];

  beforeAll(async () => {
    buildPages();
    engine = await seeded(await openEmbedded());
    const students = Array.from({ length: 60 }, (_, i) => `model:student-${String(i)}`);
    await writeTriples(engine, [
      ...students.map((student) => ['model:crowded-teacher', 'DISTILLS_INTO', student] as const),
      [`technique:${HOSTILE}`, 'EXTENDS', 'technique:harmless'],
    ]);
    server = await startServer(engine, readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' }));
    browser = await openBrowser();
  }, BUILD_MAX);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await engine.close();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const seen = complaints;
    complaints = [];
    expect(seen).toEqual([]);
  });

  /** A page on an address; what it complains of fails the test. */
  async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(server.url + address);
    await page.locator('.node, .graph-table').first().waitFor();
    return page;
  }

  const names = (page: Page) =>
    page.evaluate<string[]>(`[...document.querySelectorAll('.node[data-id]')].map(({ dataset }) => dataset.id).sort()`);
  const here = (page: Page) => decodeURIComponent(page.url().slice(server.url.length));
  const details = (page: Page) => page.getByRole('region', { name: 'Details' });
  const placed = async (page: Page) => page.locator('.drawing-frame > g').getAttribute('transform');

  it('draws what an entity descends from and says that it is complete', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM&depth=20`);
    expect(await names(page)).toEqual([
      'paper:improved-distribution-matching-distillation-for-fast-image-synthesis',
      'technique:diffusion-distillation',
      'technique:distribution-matching-distillation',
      'technique:dmd2',
      'technique:generative-adversarial-network',
      'technique:knowledge-distillation',
      'technique:model-compression',
      'technique:regression-loss',
      'technique:two-time-scale-update-rule',
    ]);
    expect(await page.locator('.completeness').textContent()).toContain('this is all there is');
    expect(await page.title()).toBe('Lineage of DMD2 · Stemma');
  });

  it('shows the sentence behind a line that is pointed at, and behind one that has the focus', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    const line = page.locator('[data-id="technique:distribution-matching-distillation → technique:dmd2"]');
    await line.locator('.route-label').hover();
    const quote = 'We introduce DMD2, a set of techniques that lift this limitation and improve DMD training';
    expect(await details(page).locator('blockquote mark').textContent()).toBe(quote);
    // With the sentences around it, as on every other page.
    expect((await details(page).locator('blockquote').textContent())?.length).toBeGreaterThan(quote.length);
    expect(await details(page).locator('figcaption a').getAttribute('href')).toBe(
      '/e/paper:improved-distribution-matching-distillation-for-fast-image-synthesis',
    );
    expect(await details(page).locator('.sentence-claim').textContent()).toContain('extends');
    expect(await details(page).locator('figcaption').textContent()).toMatch(
      /^Improved Distribution.*curated, 100 % sure/,
    );
    await page.locator('[data-id="technique:regression-loss"]').focus();
    expect(await details(page).locator('blockquote').textContent()).toContain('regression loss');
  });

  it('a line that is pressed stays in view and in the address', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    const line = page.locator('[data-id="technique:distribution-matching-distillation → technique:dmd2"]');
    await line.focus();
    await page.keyboard.press('Enter');
    expect(await line.getAttribute('aria-pressed')).toBe('true');
    await page.locator('[data-id="technique:regression-loss"]').hover();
    expect(await details(page).locator('blockquote').textContent()).toContain('We introduce DMD2');
    const shared = await open(here(page));
    expect(await details(shared).locator('blockquote').textContent()).toContain('We introduce DMD2');
  });

  it('a click goes to the lineage of what was clicked and keeps the controls; back comes back', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM&depth=2`);
    await page.locator('[data-id="technique:diffusion-distillation"]').click();
    await page.locator('[data-id="technique:diffusion-distillation"][data-root]').waitFor();
    expect(here(page)).toBe('/lineage/technique:diffusion-distillation?direction=UPSTREAM&depth=2');
    await page.goBack();
    await page.locator('[data-id="technique:dmd2"][data-root]').waitFor();
    expect(here(page)).toBe(`${DMD2}?direction=UPSTREAM&depth=2`);
  });

  it('keys and buttons move and zoom, 0 fits all in', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    const start = await placed(page);
    await page.locator('.drawing-frame').focus();
    await page.keyboard.press('ArrowRight');
    const moved = await placed(page);
    await page.keyboard.press('+');
    expect(new Set([start, moved, await placed(page)]).size).toBe(3);
    await page.keyboard.press('0');
    const fitted = await placed(page);
    await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    expect(await placed(page)).toBe(fitted);
    expect(await page.locator('.mini-map').count()).toBe(0);
  });

  it('dragging moves the drawing and is no click', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    const start = await placed(page);
    const box = await page.locator('[data-id="technique:distribution-matching-distillation"]').boundingBox();
    if (!box) throw new Error('the node has no place');
    await page.mouse.move(box.x + 20, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 60, { steps: 5 });
    await page.mouse.up();
    expect(await placed(page)).not.toBe(start);
    await page.waitForURL(/seen=/);
    expect(new URL(page.url()).pathname).toBe(DMD2);
  });

  it('says where it stopped, and expands one entity there', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM&depth=1`);
    expect(await page.locator('.completeness').textContent()).toContain(
      'incomplete: stopped at depth 1. 1 entity leads',
    );
    await page.getByRole('button', { name: 'Expand Distribution Matching Distillation' }).click();
    await page.locator('[data-id="technique:regression-loss"]').waitFor();
    expect(here(page)).toBe(`${DMD2}?direction=UPSTREAM&depth=1&expand=technique:distribution-matching-distillation`);
    const shared = await open(here(page));
    await shared.locator('[data-id="technique:regression-loss"]').waitFor();
    expect(await names(shared)).toEqual(await names(page));
    await page.goBack();
    await page.locator('[data-id="technique:regression-loss"]').waitFor({ state: 'detached' });
  });

  it('folds a crowd of students and opens it', async () => {
    const page = await open('/lineage/model:crowded-teacher');
    expect((await names(page)).length).toBe(5);
    await page.getByRole('button', { name: '+56 more' }).click();
    await page.getByRole('button', { name: '+6 more' }).waitFor();
    expect((await names(page)).length).toBe(55);
  });

  it('relations that are not chosen are not walked', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    await page.getByText('Relations all').click();
    await page.getByRole('checkbox', { name: 'used by' }).click();
    await page.locator('[data-id="technique:regression-loss"]').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('relations')?.split(' ')).not.toContain('USES');
  });

  it('is saved as an SVG that stands alone and as a PNG', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    const save = async (format: string) => {
      const started = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save as ${format}` }).click();
      const download = await started;
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const svg = await save('SVG');
    expect(svg.name).toBe('Lineage-of-DMD2.svg');
    const source = svg.bytes.toString();
    const { root, texts, widths } = await page.evaluate<{ root: string; texts: string[]; widths: number[] }>(`
      const parsed = new DOMParser().parseFromString(${JSON.stringify(source)}, 'image/svg+xml');
      ({
        root: parsed.documentElement.localName,
        texts: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent),
        widths: [...parsed.querySelectorAll('svg')].map((part) =>
          Number(part.getAttribute('x')) + Number(part.getAttribute('width'))),
      })`);
    expect(root).toBe('svg');
    // The drawing and its legend, which is wider.
    expect([widths.length, Math.max(...widths)]).toEqual([3, widths[0]]);
    expect(texts).toEqual(expect.arrayContaining(['DMD2', 'extended by', 'Technique']));
    expect(source).not.toMatch(/\s(class|style|href)=|foreignObject|var\(/);
    const png = await save('PNG');
    expect([png.name, png.bytes.subarray(1, 4).toString()]).toEqual(['Lineage-of-DMD2.png', 'PNG']);
    expect(png.bytes.length).toBeGreaterThan(20_000);
  });

  it('the table says the same as the drawing', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM&depth=20`);
    const drawn = await names(page);
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.locator('.graph-table').waitFor();
    const rows = page.getByRole('table', { name: 'Entities' }).getByRole('row');
    expect(await rows.count()).toBe(drawn.length + 1);
    expect(await page.getByRole('table', { name: 'Relations' }).textContent()).toContain(
      'We introduce DMD2, a set of techniques',
    );
  });

  it('a name that looks like markup is a name', async () => {
    const page = await open('/lineage/technique:harmless');
    expect(await page.locator('a.node:not([data-root])').textContent()).toContain('<img');
    expect(await page.locator('main img').count()).toBe(0);
  });

  it('has no violation of accessibility rules, light or dark, wide or narrow, drawn or as a table', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
    for (const [address, options] of [
      [DMD2, {}],
      ['/lineage/technique:knowledge-distillation?depth=2', { colorScheme: 'dark' }],
      ['/lineage/technique:knowledge-distillation?depth=2', phone],
      [`${DMD2}?view=table`, { ...phone, colorScheme: 'dark' }],
    ] as const) {
      const page = await open(address, options);
      expect([address, await violationsOf(page)]).toEqual([address, []]);
      expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });
});
