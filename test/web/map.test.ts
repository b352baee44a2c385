/** The map in headless Chromium: what it draws, that it is usable without seeing it, that its address is its state. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, recordsOf } from '../conformance/kit.js';
import { ask, openEmbedded, seeded } from '../testkit.js';
import { buildPages, BUILD_MAX } from './kit.js';

const require = createRequire(import.meta.url);
const executablePath = '/usr/bin/chromium';
const PATIENCE = 120_000;
const HOSTILE = '<img src=x onerror=alert(1)>';

describe.skipIf(!existsSync(executablePath))('the map', () => {
  let engine: Engine;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    buildPages();
    engine = await seeded(await openEmbedded());
    const facts = [
      [mentionOf('TECHNIQUE', HOSTILE), 'USES', mentionOf('TECHNIQUE', 'knowledge distillation')],
    ] as const;
    const records = recordsOf({ title: 'A paper about markup', text: 'It is about markup.', facts });
    await writeRecords(engine, records, '2026-01-01T00:00:00Z');
    server = await startServer(engine, readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' }));
    const gl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking', ...gl],
    });
  }, BUILD_MAX);
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await engine.close();
  });

  const open = async (
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; trouble: string[]; asked: string[] }> => {
    const page = await browser.newPage({ bypassCSP: true, ...options });
    const trouble: string[] = [];
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(server.url.length)));
    page.on('pageerror', ({ message }) => trouble.push(message));
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(`
      globalThis.drawnWhileSettling = false;
      new MutationObserver(() => {
        drawnWhileSettling ||= document.querySelector('.map-drawing canvas') && document.querySelector('.map-settling') !== null;
      }).observe(document, { subtree: true, childList: true });`);
    await page.goto(`${server.url}${path}`);
    await page.waitForSelector('.map-drawing canvas, .map-table');
    return { page, trouble, asked };
  };

  /** What axe finds wrong with a page. */
  const violations = async (page: Page): Promise<string[]> => {
    await page.addScriptTag({ path: require.resolve('axe-core') });
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; help: string }[] }> };
      };
      return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
    });
  };

  it('draws every entity of the graph, without trouble', { timeout: PATIENCE }, async () => {
    const { page, trouble } = await open('/map');
    const { data } = await ask(engine, '{ stats { entities } }');
    const { entities } = data?.['stats'] as { entities: number };
    await expect.poll(() => page.textContent('.map-counts')).toMatch(new RegExp(`^${String(entities)} entities`));
    expect(trouble).toEqual([]);
    await page.close();
  });

  it(
    'finds an entity by its name, shows its card, and its address shows the same to others',
    { timeout: PATIENCE },
    async () => {
      const { page } = await open('/map');
      await page.fill('.map-find input', 'DMD2');
      await expect.poll(() => page.textContent('.map-find output')).toMatch(/^\d+ found$/);
      await page.press('.map-find input', 'Enter');
      await page.waitForSelector('.map-card');
      const address = new URL(page.url());
      expect(address.searchParams.get('e')).toBe('technique:dmd2');
      await expect.poll(() => page.getAttribute('.map-card a', 'href')).toBe('/e/technique:dmd2');
      const other = await open(address.pathname + address.search);
      await expect.poll(() => other.page.textContent('.map-card')).toBe(await page.textContent('.map-card'));
      await page.click('.map-card button');
      await expect.poll(() => new URL(page.url()).searchParams.get('e')).toBe(null);
      await page.close();
      await other.page.close();
    },
  );

  it('the camera goes to what was found, and to a community that was chosen', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map');
    const camera = () => new URL(page.url()).searchParams.get('camera');
    await page.waitForSelector('.map-settling', { state: 'detached' });
    await page.fill('.map-find input', 'DMD2');
    await page.press('.map-find input', 'Enter');
    await expect.poll(camera).toMatch(/,0\.300$/);
    await page.click('.map-card button');
    await page.waitForSelector('.map-card', { state: 'detached' });
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('.map-drawing').boundingBox()) ?? {};
    await page.mouse.click(x + width / 2, y + height / 2);
    await expect.poll(() => page.getAttribute('.map-card a', 'href')).toBe('/e/technique:dmd2');
    const found = camera();
    await page.click('fieldset button');
    await expect.poll(() => [null, found, '0.500,0.500,1.000'].includes(camera())).toBe(false);
    await page.close();
  });

  it('waits for a server that is away, and is there when it answers', { timeout: PATIENCE }, async () => {
    const page = await browser.newPage();
    const away = /\/(export\/d3|readyz)/;
    await page.context().route(away, (route) => route.abort());
    await page.goto(`${server.url}/map`);
    await page.getByText('The server does not answer').waitFor();
    expect(await page.getByRole('alert').getByText('Failed to fetch').count()).toBe(0);
    await page.context().unroute(away);
    await page.waitForSelector('.map-drawing canvas', { timeout: PATIENCE });
    await page.close();
  });

  it('a name that looks like markup is a name', { timeout: PATIENCE }, async () => {
    const { page, trouble } = await open('/map?find=onerror');
    await page.press('.map-find input', 'Enter');
    await expect.poll(() => page.textContent('.map-card a')).toContain(HOSTILE);
    expect([await page.locator('main img').count(), trouble]).toEqual([0, []]);
    await page.close();
  });

  it('is laid out by a worker of the server, while it is drawn already', { timeout: PATIENCE }, async () => {
    const { page, asked } = await open('/map', { bypassCSP: false });
    await page.waitForSelector('.map-settling', { state: 'detached' });
    expect(await page.evaluate<boolean>('drawnWhileSettling')).toBe(true);
    expect(page.workers().map((worker) => worker.url().replace(/-[^/]*$/, ''))).toEqual([
      `${server.url}/assets/worker`,
    ]);
    expect(asked.filter((path) => path.startsWith('/export'))).toEqual([
      '/export/d3?connected=10000&attributes=name,kind,neighbors,type',
    ]);
    await page.close();
  });

  it('who wants no motion sees it when it has come to rest', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map', { reducedMotion: 'reduce' });
    await expect.poll(() => page.locator('.map-settling').count()).toBe(0);
    await page.close();
  });

  it('as a table lists what passes the filters, the best connected first', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map?view=table&kinds=TECHNIQUE&find=distillation');
    await page.locator('.map-table tbody tr').first().waitFor();
    const names = await page.locator('.map-table tbody tr td:first-child').allTextContents();
    const kinds = new Set(await page.locator('.map-table tbody tr td:nth-child(2)').allTextContents());
    expect(names[0]).toBe('knowledge distillation');
    expect(names.filter((name) => !name.toLowerCase().includes('distillation'))).toEqual([]);
    expect(kinds).toEqual(new Set(['Technique']));
    await page.close();
  });

  it('where it does not move smoothly less is drawn, and the page says so', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map');
    const counted = async () => Number((await page.locator('.map-counts').innerText()).replace(/ entities.*/s, ''));
    const all = await counted();
    const slowed = await page.context().newCDPSession(page);
    await slowed.send('Emulation.setCPUThrottlingRate', { rate: 10 });
    await page.evaluate(`
      globalThis.turning = setInterval(() => {
        const wheel = { deltaY: performance.now() % 2000 < 1000 ? 5 : -5, clientX: 700, clientY: 400, cancelable: true };
        document.querySelector('.sigma-mouse').dispatchEvent(new WheelEvent('wheel', wheel));
      }, 10);`);
    await page.getByText('As many as move smoothly here').waitFor();
    const fewer = await counted();
    await page.evaluate('clearInterval(turning)');
    await slowed.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await page.fill('.map-find input', 'onerror');
    await page.press('.map-find input', 'Enter');
    await expect.poll(counted).toBe(fewer + 2);
    await page.getByRole('button', { name: /^Draw / }).click();
    await expect.poll(async () => [await counted(), fewer < all]).toEqual([all, true]);
    await page.close();
  });

  it('how fast it is is not judged before it is moved', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map');
    await page.waitForSelector('.map-settling', { state: 'detached' });
    const slowed = await page.context().newCDPSession(page);
    await slowed.send('Emulation.setCPUThrottlingRate', { rate: 10 });
    await page.locator('.map-find input').pressSequentially('distillation of models', { delay: 60 });
    await page.waitForTimeout(1500);
    expect(await page.locator('.map-note').count()).toBe(0);
    await page.close();
  });

  it('going back comes to where the camera was, whatever moved since', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForURL(/camera=0.500,0.500,0.667/);
    const address = page.url();
    await page.fill('.map-find input', 'DMD2');
    await page.press('.map-find input', 'Enter');
    await page.waitForSelector('.map-card');
    await page.evaluate('document.querySelector(\'[aria-label="Zoom out"]\').click(); history.back()');
    await page.waitForSelector('.map-card', { state: 'detached' });
    // Longer than it takes to tell where the camera rests.
    await page.waitForTimeout(800);
    expect(page.url().replace(/&find=DMD2/, '')).toBe(address);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForURL(/camera=0.500,0.500,0.44/);
    await page.close();
  });

  it('a filter is a part of the address', { timeout: PATIENCE }, async () => {
    const { page } = await open('/map');
    await page.click('text=Paper');
    await expect.poll(() => new URL(page.url()).searchParams.get('kinds')).toBe('TECHNIQUE,DATASET,MODEL,REPO');
    await page.click('fieldset button');
    await expect.poll(() => new URL(page.url()).searchParams.get('community')).toBe('0');
    await page.close();
  });

  it.each([
    { name: 'light', options: { colorScheme: 'light' as const } },
    { name: 'dark', options: { colorScheme: 'dark' as const } },
    { name: 'on a phone', options: { viewport: { width: 390, height: 844 } } },
  ])('axe finds nothing wrong, $name', { timeout: PATIENCE }, async ({ options }) => {
    for (const path of ['/map?e=technique:dmd2', '/map?view=table']) {
      const { page } = await open(path, options);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.close();
    }
  });
});
