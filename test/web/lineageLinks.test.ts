/** What the address of a lineage keeps: which part is seen; and the exports that it leads to. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser } from './visit.js';

const DMD2 = '/lineage/technique:dmd2';

const here = (page: Page) => page.url().replace(/^http:\/\/[^/]+/, '');
/** Where the drawing is in its frame, in pixels, and its scale. */
const numbers = async (page: Page): Promise<number[]> => {
  const transform = await page.locator('.drawing-frame > g').getAttribute('transform');
  return transform?.match(/-?[\d.]+/g)?.map(Number) ?? [];
};

/** How far it is from where it was; the address has whole pixels. */
const farthest = async (page: Page, was: readonly number[]): Promise<number> =>
  Math.max(...(await numbers(page)).map((number, i) => Math.abs(number - (was[i] ?? Infinity))));

inBrowser('the address of a lineage', ({ open, url }) => {
  const visit = async (address: string): Promise<Page> => {
    const page = await open(address);
    await page.locator('.node').first().waitFor();
    return page;
  };

  it('the part that is seen is in the address: a link shows the same part, another root begins anew', async () => {
    const page = await visit(`${DMD2}?direction=UPSTREAM`);
    await page.locator('.drawing-frame').focus();
    for (const key of ['+', '+', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.waitForURL(/seen=/);
    const seen = await numbers(page);
    const shared = await visit(here(page));
    expect(seen).toHaveLength(3);
    await expect.poll(() => farthest(shared, seen)).toBeLessThan(2);
    const next = page.locator('.node:not([data-root])').first();
    await expect.poll(() => next.getAttribute('href')).not.toContain('seen=');
  });

  it('going back shows the part that was seen', async () => {
    const page = await visit(`${DMD2}?direction=UPSTREAM&depth=1`);
    await page.locator('.drawing-frame').focus();
    await page.keyboard.press('+');
    await page.waitForURL(/seen=/);
    const before = await numbers(page);
    await page.getByRole('button', { name: 'One step deeper' }).click();
    await page.locator('[data-id="technique:regression-loss"]').waitFor();
    const seen = () => new URL(page.url()).searchParams.get('seen');
    const held = seen();
    await page.locator('.drawing-frame').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(seen).not.toBe(held);
    await page.goBack();
    await page.locator('[data-id="technique:regression-loss"]').waitFor({ state: 'detached' });
    await expect.poll(() => farthest(page, before)).toBeLessThan(2);
  });

  it('a move that is not in the address yet does not outlast going back', async () => {
    const page = await visit(`${DMD2}?direction=UPSTREAM&depth=1`);
    await page.locator('.drawing-frame').focus();
    await page.keyboard.press('+');
    await page.waitForURL(/seen=/);
    const [address, before] = [here(page), await numbers(page)];
    await page.getByRole('button', { name: 'One step deeper' }).click();
    await page.locator('[data-id="technique:regression-loss"]').waitFor();
    await page.evaluate(`
      const right = new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true });
      document.querySelector('.drawing-frame').dispatchEvent(right);
      history.back();`);
    await page.locator('[data-id="technique:regression-loss"]').waitFor({ state: 'detached' });
    // Longer than it takes to tell where a drawing rests.
    await page.waitForTimeout(800);
    await expect.poll(async () => [here(page), (await farthest(page, before)) < 2]).toEqual([address, true]);
  });

  it('what is asked can be taken along in every format', async () => {
    const page = await visit(`${DMD2}?direction=UPSTREAM&depth=2&relations=USES+EXTENDS`);
    await page.getByText('Export', { exact: true }).click();
    const links = await page.locator('.exports a').all();
    const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(addresses[0]).toBe(
      '/export/cytoscape?lineage=technique:dmd2&direction=UPSTREAM&depth=2&relations=USES,EXTENDS&limit=500',
    );
    for (const address of addresses) {
      const answer = await fetch(url() + (address ?? ''));
      expect([answer.status, (await answer.text()).includes('Distribution Matching Distillation')]).toEqual([
        200,
        address?.includes('csv-edges') === false,
      ]);
    }
  });
});
