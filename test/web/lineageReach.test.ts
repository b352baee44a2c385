/** How a lineage is reached: by the Tab key, by a finger, by who has just expanded it; where there is none. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser } from './visit.js';

const DMD2 = '/lineage/technique:dmd2';

const names = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.node[data-id]')].map(({ dataset }) => dataset.id).sort()`);
const placed = async (page: Page) => page.locator('.drawing-frame > g').getAttribute('transform');

inBrowser('reaching a lineage', (visit) => {
  const open = async (address: string, options?: BrowserContextOptions) => {
    const page = await visit.open(address, options);
    await page.locator('.node').first().waitFor();
    return page;
  };

  it('the Tab key comes to all lines at one stop, where arrow keys go from line to line', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM`);
    const at = () => page.evaluate<string | null>('document.activeElement.getAttribute("class")');
    const line = () => page.evaluate<string>('document.activeElement.dataset.id');
    await page.locator('.drawing-frame').focus();
    const before = await placed(page);
    await page.keyboard.press('Tab');
    const [kind, first] = [await at(), await line()];
    await page.keyboard.press('ArrowDown');
    const next = await line();
    await page.keyboard.press('ArrowUp');
    expect([kind, await line(), next === first, await placed(page)]).toEqual(['route', first, false, before]);
    await page.keyboard.press('Tab');
    expect(await at()).toBe('node');
  });

  it('Enter on a box goes to its lineage', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM&depth=2`);
    await page.locator('[data-id="technique:diffusion-distillation"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-id="technique:diffusion-distillation"][data-root]').waitFor();
  });

  it('opens where names and relations can be read: as a whole where it is small, else near its root', async () => {
    const scaleOf = async (address: string) => {
      const page = await open(address, { viewport: { width: 1280, height: 860 } });
      return Number(/scale\(([\d.]+)\)/.exec((await placed(page)) ?? '')?.[1]);
    };
    const whole = await scaleOf(DMD2);
    expect([whole >= 0.75, whole < 0.9]).toEqual([true, true]);
    expect(await scaleOf('/lineage/technique:knowledge-distillation')).toBe(0.9);
  });

  it('a finger moves the page past the drawing, and the drawing once it was tapped', async () => {
    const page = await open(DMD2, { viewport: { width: 390, height: 844 }, hasTouch: true });
    const frame = page.locator('.drawing-frame');
    const free = () => page.evaluate<string>(`getComputedStyle(document.querySelector('.drawing-frame')).touchAction`);
    const before = await free();
    await frame.tap({ position: { x: 8, y: 8 } });
    expect([before, await free()]).toEqual(['pan-y', 'none']);
  });

  it('who expands by the keyboard goes on from there, and sees what came', async () => {
    const page = await open(`${DMD2}?direction=UPSTREAM&depth=1`, { viewport: { width: 1100, height: 700 } });
    const known = await names(page);
    await page.getByRole('button', { name: 'Expand Distribution Matching Distillation' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-id="technique:regression-loss"]').waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.dataset.id');
    await expect.poll(focused).toBe('technique:distribution-matching-distillation');
    const frame = await page.locator('.drawing-frame').boundingBox();
    const fresh = (await names(page)).filter((id) => !known.includes(id));
    for (const id of fresh) {
      const box = await page.locator(`[data-id="${id}"] .box`).boundingBox();
      if (!frame || !box) throw new Error(`${id} has no place`);
      const sides = [box.x - frame.x, box.y - frame.y, frame.x + frame.width - box.x - box.width];
      expect([id, Math.min(...sides, frame.y + frame.height - box.y - box.height) >= 0]).toEqual([id, true]);
    }
  });

  it('an entity that is not there is an error that says what to do', async () => {
    const page = await visit.open('/lineage/technique:nothing-of-that-name');
    expect(await page.getByRole('alert').first().textContent()).toContain('technique:nothing-of-that-name');
  });
});
