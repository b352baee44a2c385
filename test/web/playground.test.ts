/** What the playground adds to GraphiQL. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, recordsOf } from '../conformance/kit.js';
import { violationsOf } from './browser.js';
import { artifact, inBrowser } from './visit.js';

const LINEAGE = `{ lineage(of: "technique:dmd2", relations: [EXTENDS]) {
  nodes { entity { id name } } edges { type source { id } target { id } } } }`;

/** Asks, once the editors are there; before that GraphiQL ignores the button. */
async function execute(page: Page, answer = 'technique:dmd2'): Promise<void> {
  for (const editor of ['.graphiql-query-editor', '.graphiql-response'])
    await page.locator(`${editor} .monaco-editor .view-lines`).waitFor();
  await page.getByRole('button', { name: /^Execute/ }).click();
  await page.locator('.graphiql-response').getByText(answer).first().waitFor();
}

inBrowser('the playground', ({ open, url, engine }) => {
  it('draws the answer in front, whose things lead to their pages', async () => {
    const page = await open(`/playground?query=${encodeURIComponent(LINEAGE)}`);
    const dialog = page.getByRole('dialog', { name: 'The answer, drawn' });
    await page.getByRole('button', { name: 'Draw' }).click();
    await dialog.getByText('The answer has nothing to draw').waitFor();
    await page.keyboard.press('Escape');
    await execute(page);
    await page.getByRole('button', { name: 'Draw' }).click();
    const links = dialog.locator('.drawing-frame a[data-id]');
    await links.first().waitFor();
    const hrefs = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));
    expect(hrefs.sort()).toEqual(['/e/technique:distribution-matching-distillation', '/e/technique:dmd2']);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('draws the answer of the tab in front, not that of another', async () => {
    const page = await open(`/playground?query=${encodeURIComponent(LINEAGE)}`);
    await execute(page);
    await page.locator('.graphiql-tab:nth-child(2) button').first().click();
    await page.locator('.graphiql-tab:nth-child(2) [aria-current="true"]').waitFor();
    await page.getByRole('button', { name: 'Draw' }).click();
    await page.getByText('The answer has nothing to draw').waitFor();
  });

  it('a name that looks like markup is a name in what is drawn', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const facts = [[mentionOf('TECHNIQUE', name), 'USES', mentionOf('TECHNIQUE', 'knowledge distillation')]] as const;
    const records = recordsOf({ title: 'A paper about markup', text: 'It is about markup.', facts });
    await writeRecords(engine(), records, '2026-01-01T00:00:00Z');
    const question = `{ lineage(of: "${records.facts[0]?.from ?? ''}", depth: 1) { nodes { entity { id name } } } }`;
    const page = await open(`/playground?query=${encodeURIComponent(question)}`);
    await execute(page, 'onerror');
    await page.getByRole('button', { name: 'Draw' }).click();
    const boxes = page.locator('.draw-dialog .drawing-frame a[data-id]');
    await boxes.filter({ hasText: 'onerror' }).first().focus();
    await page.locator('.draw-dialog .details-name').getByText(name).waitFor();
    expect(await page.locator('.draw-dialog img').count()).toBe(0);
  });

  it('the question of a link is in front for a returning visitor, its tab in sight', async () => {
    const page = await open('/playground');
    await page.locator('.graphiql-tab').nth(8).waitFor({ state: 'attached' });
    await page.waitForTimeout(1000);
    await page.goto(`${url()}/playground?query=${encodeURIComponent(LINEAGE)}`);
    const tab = page.locator('.graphiql-tab button[aria-current="true"]');
    await tab.waitFor();
    const sight = `
      const [tab, list] = ['.graphiql-tab:has([aria-current=true])', '.graphiql-tabs'].map((name) =>
        document.querySelector(name).getBoundingClientRect());
      tab.left >= list.left - 1 && tab.right <= list.right + 1;`;
    await expect.poll(() => page.evaluate<boolean>(sight)).toBe(true);
  });

  it('a question that was edited can be shared by its link', async () => {
    const page = await open('/playground', { permissions: ['clipboard-read', 'clipboard-write'] });
    const editor = page.locator('.graphiql-query-editor .monaco-editor');
    await editor.locator('.view-lines').click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.insertText('# mine ');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('status').getByText('Copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(new URL(copied).searchParams.get('query')).toMatch(/^# mine #? ?\S/);
    expect(page.url()).toBe(copied);
    const other = await open(copied.slice(url().length));
    await other.locator('.graphiql-query-editor .view-lines').getByText('# mine').first().waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'what is drawn is there as a table too, and axe finds nothing, %s',
    async (colorScheme) => {
      const page = await open(`/playground?query=${encodeURIComponent(LINEAGE)}`, { colorScheme });
      await execute(page);
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Draw' }).click();
      await page.locator('.draw-dialog .drawing-frame a[data-id]').first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.screenshot({ path: artifact(`drawn-${colorScheme}.png`) });
      await page.getByRole('button', { name: 'As a table' }).click();
      await page.getByRole('table', { name: 'Relations' }).waitFor();
      await expect
        .poll(() => page.getByRole('table', { name: 'Relations' }).locator('tbody td').allInnerTexts())
        .toEqual(['DMD2', 'extends', 'Distribution Matching Distillation', '100 % sure']);
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await page.locator('.draw-dialog').waitFor({ state: 'hidden' });
    },
  );
});
