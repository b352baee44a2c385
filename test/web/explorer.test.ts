/** What a visitor does in the explorer, by keyboard and by mouse. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inBrowser } from './visit.js';

const KNOWLEDGE_DISTILLATION = '/e/technique:knowledge-distillation';
const DMD2_PAPER = '/e/paper:improved-distribution-matching-distillation-for-fast-image-synthesis';
const HYPER_TO_MEAL = '/path?from=technique:hyper-sd&to=technique:meal-v2';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const focused = (page: Page) =>
  page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent");
/** The address as it stands in the bar, without the server. */
const addressOf = (page: Page) => decodeURIComponent(page.url().replace(/^http:\/\/[^/]+/, ''));

/** Goes on with the Tab key until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never comes to ${name}`);
}

/** The sentences of the way that is shown, each without its quotes. */
const sentences = async (page: Page) =>
  (await page.locator('.chain .sentence').allTextContents()).map((text) => text.replace(/\s+/g, ' '));

inBrowser('the explorer', ({ open, url }) => {
  it('leads from a search to an entity to its lineage to a path by keyboard alone', async () => {
    const page = await open('/');
    await heading(page, 'The family tree of machine-learning research');
    await page.keyboard.press('/');
    await page.keyboard.type('hyper-sd');
    await page.getByRole('option', { name: 'Hyper-SD', exact: false }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await heading(page, 'Hyper-SD');
    await expect.poll(() => focused(page)).toBe('Hyper-SD');
    await tabTo(page, 'Lineage');
    await page.keyboard.press('Enter');
    await heading(page, 'Lineage of Technique Hyper-SD');
    await tabTo(page, 'Hyper-SD');
    await page.keyboard.press('Enter');
    await heading(page, 'Hyper-SD');
    await tabTo(page, 'Path to …');
    await page.keyboard.press('Enter');
    await heading(page, 'How are two things connected?');
    await tabTo(page, 'To');
    await page.keyboard.type('meal v2');
    await page.getByRole('option', { name: 'MEAL V2', exact: false }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.chain').waitFor();
    await expect.poll(() => addressOf(page)).toMatch(/^\/path\?from=technique:hyper-sd&to=/);
  });

  it('does the same by mouse, and each step back shows what was there', async () => {
    const page = await open('/');
    await page.getByRole('combobox').click();
    await page.keyboard.type('dmd2');
    await page
      .getByRole('option')
      .filter({ hasText: /^DMD2$/ })
      .click();
    await heading(page, 'DMD2');
    await page.getByRole('link', { name: 'Lineage', exact: true }).click();
    await page.locator('.node[data-id="technique:distribution-matching-distillation"]').click();
    await heading(page, 'Lineage of Technique Distribution Matching Distillation');
    await page.locator('h1 a').click();
    await heading(page, 'Distribution Matching Distillation');
    await page.getByRole('link', { name: 'Path to …' }).click();
    await page.getByRole('combobox', { name: 'To', exact: true }).fill('MEAL V2');
    await page.getByRole('option', { name: 'MEAL V2', exact: false }).first().click();
    await page.locator('.chain').waitFor();
    for (const name of [
      'How are two things connected?',
      'Distribution Matching Distillation',
      'Lineage of Technique Distribution Matching Distillation',
      'Lineage of Technique DMD2',
      'DMD2',
    ]) {
      await page.goBack();
      await heading(page, name);
    }
    await page.goBack();
    await heading(page, 'The family tree of machine-learning research');
    await page.goForward();
    await heading(page, 'DMD2');
    await expect
      .poll(async () => [addressOf(page), await page.title()])
      .toEqual(['/e/technique:dmd2', 'DMD2 · Stemma']);
  });

  it('the suggestions obey the arrow keys and Escape', async () => {
    const page = await open('/');
    const box = page.getByRole('combobox');
    await box.fill('imagenet');
    await page.getByRole('option').first().waitFor();
    const active = async () => {
      const id = await box.getAttribute('aria-activedescendant');
      return id === null ? null : page.locator(`[id="${id}"]`).innerText();
    };
    const count = await page.getByRole('option').count();
    await expect.poll(() => active()).toBeNull();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => active()).toMatch(/^All \d+ results$/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => active()).toBeNull();
    for (let i = 0; i < count; i++) await page.keyboard.press('ArrowDown');
    await expect.poll(() => active()).toMatch(/^All \d+ results$/);
    await page.keyboard.press('Escape');
    await expect
      .poll(async () => [await page.getByRole('option').count(), await box.inputValue()])
      .toEqual([0, 'imagenet']);
    await page.keyboard.press('Escape');
    await expect.poll(() => box.inputValue()).toBe('');
  });

  it('Enter without a choice shows all results, by kind where wanted, and the address says so', async () => {
    const page = await open('/');
    await page.getByRole('combobox').fill('imagenet');
    await page.keyboard.press('Enter');
    await heading(page, 'Results for “imagenet”');
    await page.getByRole('link', { name: /^Datasets/ }).click();
    await page.locator('.results [data-kind="DATASET"]').first().waitFor();
    await expect.poll(() => addressOf(page)).toBe('/?q=imagenet&kind=DATASET');
    await expect.poll(() => page.locator('.results a[data-kind]:not([data-kind="DATASET"])').count()).toBe(0);
    await page.getByRole('combobox').fill('zygote quark');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing has a name or text like this').waitFor();
  });

  it('a path can be swapped, narrowed to one direction, and read in other ways', async () => {
    const page = await open(HYPER_TO_MEAL);
    await page.locator('.chain').waitFor();
    await expect
      .poll(() => sentences(page))
      .toEqual([
        'Hyper-SD uses diffusion distillation',
        'diffusion distillation is a knowledge distillation',
        'knowledge distillation includes MEAL V2',
      ]);
    await expect.poll(() => page.locator('.chain > li blockquote mark').count()).toBeGreaterThanOrEqual(3);
    await page.getByRole('heading', { name: 'The 6 shortest ways', exact: true }).waitFor();
    const chain = 'Hyper-SD → diffusion distillation → knowledge distillation ← MEAL V2';
    expect(await page.locator('.ways a').first().innerText()).toBe(chain);
    await page.locator('.ways a').nth(1).click();
    await page.waitForURL(/way=2/);
    await expect.poll(() => sentences(page)).toHaveLength(4);
    await page.getByRole('link', { name: 'Swap the two ends' }).click();
    await page.locator('.chain').getByText('MEAL V2').first().waitFor();
    await expect.poll(() => addressOf(page)).toBe('/path?from=technique:meal-v2&to=technique:hyper-sd');
    await page.getByRole('checkbox').check();
    await page.getByText('No way of at most 6 steps joins them under these conditions').waitFor();
    await expect.poll(() => addressOf(page)).toContain('directed=1');
  });

  it('pointing at a fact marks its words in the abstract, pointing at words marks their fact', async () => {
    const page = await open(DMD2_PAPER);
    const proof = page.locator('.proof', { hasText: 'we integrate a GAN loss into the distillation procedure' }).last();
    await proof.hover();
    const marked = page.locator('.abstract mark[data-looked-at]');
    await expect
      .poll(() => marked.allInnerTexts())
      .toEqual(['we integrate a GAN loss into the distillation procedure']);
    await page.locator('.abstract mark', { hasText: 'two time-scale' }).hover();
    await expect
      .poll(async () => new Set(await page.locator('.proof[data-looked-at]').allInnerTexts()))
      .toEqual(new Set(['propose a two time-scale update rule as a remedy']));
  });

  it('what an entity has much of is shown on demand, and the address keeps it', async () => {
    const page = await open(KNOWLEDGE_DISTILLATION);
    await heading(page, 'knowledge distillation');
    const group = page.locator('.relation-group', { has: page.getByRole('heading', { name: /^includes/i }) });
    const all = Number(await group.locator('.relation-title .count').innerText());
    await group.getByRole('link', { name: /^Show all/ }).click();
    const shown = group.locator('.relation-list > li');
    while ((await shown.count()) < all) {
      const more = group.getByRole('button', { name: 'Show more' });
      await Promise.race([more.waitFor(), shown.nth(all - 1).waitFor()]);
      if ((await shown.count()) < all) await more.click();
    }
    await expect.poll(() => shown.count()).toBe(all);
    await expect.poll(() => addressOf(page)).toContain('all=IS_A-IN');
  });

  it('the results of a dataset are a plot and a table, every number once and with its words', async () => {
    const page = await open('/d/dataset:imagenet-64x64');
    await heading(page, 'ImageNet-64x64');
    const rows = page.locator('.scores tbody tr');
    await rows.first().waitFor();
    await expect.poll(() => rows.locator('.number').allInnerTexts()).toEqual(['1.20', '1.28']);
    await expect.poll(() => page.locator('.plot .value').allTextContents()).toEqual(['1.20', '1.28']);
    await expect.poll(() => rows.locator('blockquote mark').count()).toBe(2);
    await expect
      .poll(() => rows.locator('.entity-link').allInnerTexts())
      .toEqual([
        'Multi-Student Distillation',
        'Multi-student Diffusion Distillation for Better One-step Generators',
        'DMD2',
        'Improved Distribution Matching Distillation for Fast Image Synthesis',
      ]);
  });

  it('the ontology is the whole table of the API, and joins no kinds that the API does not', async () => {
    const page = await open('/ontology');
    await page.locator('.ontology tbody tr').first().waitFor();
    const { data } = (await (
      await fetch(`${url()}/graphql?query={ontology{verb}}`, { headers: { 'apollo-require-preflight': '1' } })
    ).json()) as { data: { ontology: { verb: string }[] } };
    await expect
      .poll(() => page.locator('.ontology .verb').allInnerTexts())
      .toEqual(data.ontology.map(({ verb }) => verb));
    const joined = (type: string) =>
      page.evaluate<string[]>(`(() => {
        const first = document.getElementById('${type}');
        const rows = [first];
        for (let i = 1; i < first.querySelector('th').rowSpan; i++) rows.push(rows.at(-1).nextElementSibling);
        const text = (cell) => [...cell.querySelectorAll('li')].map((kind) => kind.innerText.trim()).join(', ');
        return rows.map((row) => [...row.querySelectorAll('td:has(.ends)')].map(text).join(' to '));
      })()`);
    expect(await joined('DISTILLS_INTO')).toEqual(['Model to Model', 'Dataset to Dataset']);
    expect(await joined('EVALUATED_ON')).toEqual(['Paper, Technique, Model to Dataset']);
  });

  it('a question is taken to the playground as it was asked', async () => {
    const page = await open('/e/technique:dmd2');
    await page.getByRole('link', { name: 'As GraphQL' }).click();
    await page.waitForURL(/\/playground/);
    await page.getByText('EntityPage').first().waitFor();
    await page.getByText('technique:dmd2').first().waitFor();
  });

  it('going back comes to where the page was left', async () => {
    const page = await open(KNOWLEDGE_DISTILLATION);
    await heading(page, 'knowledge distillation');
    const link = page.locator('.relation-list a').nth(20);
    await link.scrollIntoViewIfNeeded();
    const before = await page.evaluate<number>('scrollY');
    expect(before).toBeGreaterThan(300);
    await link.click();
    await expect.poll(() => page.title()).not.toBe('knowledge distillation · Stemma');
    await expect.poll(() => page.evaluate<number>('scrollY')).toBe(0);
    await page.goBack();
    await heading(page, 'knowledge distillation');
    await expect.poll(() => page.evaluate<number>('scrollY')).toBeCloseTo(before, -1);
  });
});
