/** What a page shows of what there is much of, and that it can be taken along. */
import { expect, it } from 'vitest';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, recordsOf } from '../conformance/kit.js';
import { inBrowser } from './visit.js';

inBrowser('parts of what there is', ({ open, engine, url }) => {
  it('a group beyond the first 100 relations shows its first, and results say where the others are', async () => {
    const hub = mentionOf('DATASET', 'hub of many');
    const numbered = (count: number, kind: 'DATASET' | 'TECHNIQUE', name: string) =>
      Array.from({ length: count }, (_, index) => mentionOf(kind, `${name} ${String(index).padStart(3, '0')}`));
    const facts = [
      ...numbered(110, 'DATASET', 'aaa').map((part) => [part, 'DERIVED_FROM', hub] as const),
      ...numbered(12, 'TECHNIQUE', 'zzz').map((method) => [method, 'EVALUATED_ON', hub] as const),
    ];
    const records = recordsOf({ title: 'A paper about much', text: 'It is about much.', facts });
    await writeRecords(engine(), records, '2026-01-01T00:00:00Z');
    const id = records.facts[0]?.to ?? '';
    const page = await open(`/e/${id}`);
    const group = page.locator('.relation-group', { has: page.getByRole('heading', { name: /^evaluates/i }) });
    const first = Array.from({ length: 8 }, (_, index) => `zzz 00${String(index)}`);
    await expect.poll(() => group.locator('.relation-list > li > .entity-link').allInnerTexts()).toEqual(first);
    await group.getByRole('link', { name: 'Show all 12' }).waitFor();
    const note = page.getByText('Of the first 100 relations; 12 more evaluations are in the table of all results.');
    expect(await note.getByRole('link').getAttribute('href')).toBe(`/d/${id}`);
  });

  it('an entity and what is around it, and what a search finds, can be taken along', async () => {
    const [entity, search] = [await open('/e/technique:dmd2'), await open('/?q=imagenet&kind=DATASET')];
    const links = [];
    for (const page of [entity, search]) {
      await page.getByText('Export', { exact: true }).click();
      links.push(await page.getByRole('link', { name: 'DOT', exact: true }).getAttribute('href'));
    }
    expect(links).toEqual(['/export/dot?neighborhood=technique:dmd2', '/export/dot?search=imagenet&kinds=DATASET']);
    const files = await Promise.all(links.map(async (link) => (await fetch(`${url()}${link ?? ''}`)).text()));
    expect(files.map((file) => file.includes('ImageNet-64x64'))).toEqual([true, true]);
  });
});
