/** What the playground adds to GraphiQL. */
import { expect, it } from 'vitest';
import { inBrowser } from './visit.js';

const LINEAGE = `{ lineage(of: "technique:dmd2", relations: [EXTENDS]) {
  nodes { entity { id name } } edges { type source { id } target { id } } } }`;

inBrowser('the playground', ({ open }) => {
  it('draws the answer in front, whose things lead to their pages', async () => {
    const page = await open(`/playground?query=${encodeURIComponent(LINEAGE)}`);
    const dialog = page.getByRole('dialog', { name: 'The answer, drawn' });
    await page.getByRole('button', { name: 'Draw' }).click();
    await dialog.getByText('The answer has nothing to draw').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.getByText('technique:distribution-matching-distillation').first().waitFor();
    await page.getByRole('button', { name: 'Draw' }).click();
    const links = dialog.locator('.drawing-frame a[data-id]');
    await links.first().waitFor();
    const hrefs = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));
    expect(hrefs.sort()).toEqual(['/e/technique:distribution-matching-distillation', '/e/technique:dmd2']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});
