/** What the address of a lineage keeps: which part is seen; and the exports that it leads to. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser } from './visit.js';

const DMD2 = '/lineage/technique:dmd2';

const here = (page: Page) => page.url().replace(/^http:\/\/[^/]+/, '');
const placed = async (page: Page) => page.locator('.drawing-frame > g').getAttribute('transform');

inBrowser('the address of a lineage', ({ open, url }) => {
  const visit = async (address: string): Promise<Page> => {
    const page = await open(address);
    await page.locator('.node').first().waitFor();
    return page;
  };

  it('the part that is seen is in the address: a link shows the same part, another root begins anew', async () => {
    const numbers = async (page: Page) => (await placed(page))?.match(/-?[\d.]+/g)?.map(Number) ?? [];
    const page = await visit(`${DMD2}?direction=UPSTREAM`);
    await page.locator('.drawing-frame').focus();
    for (const key of ['+', '+', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.waitForURL(/seen=/);
    const seen = await numbers(page);
    const shared = await numbers(await visit(here(page)));
    expect(seen).toHaveLength(3);
    expect(shared.map((number, i) => Math.abs(number - (seen[i] ?? 0)) < 2)).toEqual([true, true, true]);
    const next = page.locator('.node:not([data-root])').first();
    expect(await next.getAttribute('href')).not.toContain('seen=');
  });

  it('going back shows the part that was seen', async () => {
    const page = await visit(`${DMD2}?direction=UPSTREAM&depth=1`);
    await page.locator('.drawing-frame').focus();
    await page.keyboard.press('+');
    await page.waitForURL(/seen=/);
    const before = await placed(page);
    await page.getByRole('button', { name: 'One step deeper' }).click();
    await page.locator('[data-id="technique:regression-loss"]').waitFor();
    const seen = () => new URL(page.url()).searchParams.get('seen');
    const held = seen();
    await page.locator('.drawing-frame').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(seen).not.toBe(held);
    await page.goBack();
    await page.locator('[data-id="technique:regression-loss"]').waitFor({ state: 'detached' });
    const rounded = (transform: string | null) =>
      transform?.match(/-?[\d.]+/g)?.map((number) => Math.round(Number(number) / 4));
    await expect.poll(async () => rounded(await placed(page))).toEqual(rounded(before));
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
