/** What the explorer does when things go wrong: nothing there, odd names, a server that is slow or away. */
import type { Page, Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, recordsOf } from '../conformance/kit.js';
import { inBrowser } from './visit.js';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const navigation = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });

inBrowser('trouble in the explorer', ({ open, engine, stopServer, startServer, slowDown }) => {
  it('a search that no longer interests is aborted', async () => {
    const page = await open('/');
    const failed: string[] = [];
    page.on('requestfailed', (request) => failed.push(request.failure()?.errorText ?? ''));
    slowDown(500);
    const box = page.getByRole('combobox');
    await box.pressSequentially('image', { delay: 300 });
    slowDown(0);
    await page.getByRole('option').first().waitFor();
    await expect.poll(() => new Set(failed)).toEqual(new Set(['net::ERR_ABORTED']));
  });

  it('what has no page, and what the graph does not hold, says what to do', async () => {
    const page = await open('/nowhere/at/all');
    await heading(page, 'Nothing is here');
    await page.getByText('/nowhere/at/all').waitFor();
    for (const path of ['/e/technique:nothing', '/d/dataset:nothing']) {
      const other = await open(path);
      await other.getByText('Search above for what it may be called here').waitFor();
    }
    const wrong = await open('/path?from=technique:dmd2&to=technique:nothing');
    await wrong.getByRole('alert').getByText('nothing in the graph has the id').waitFor();
    await wrong.getByText('It may have another name here: search for it above.').waitFor();
  });

  it('names are text, whatever they look like', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const evil = mentionOf('TECHNIQUE', name);
    const facts = [[evil, 'USES', mentionOf('TECHNIQUE', 'knowledge distillation')]] as const;
    const records = recordsOf({ title: `A paper about ${name}`, text: `It is about ${name}.`, facts });
    await writeRecords(engine(), records, '2026-01-01T00:00:00Z');
    const id = records.facts[0]?.from ?? '';
    for (const path of [`/e/${id}`, `/path?from=${id}&to=technique:knowledgedistillation`, `/?q=onerror alert`]) {
      const page = await open(path);
      await page.getByText(name).first().waitFor();
      await expect.poll(() => page.locator('main img').count()).toBe(0);
    }
    const page = await open('/');
    await page.getByRole('combobox').fill('onerror');
    await page.getByRole('option').first().waitFor();
    await expect.poll(() => page.getByRole('option').first().innerText()).toContain(name);
  });

  it('goes on by itself when the server was away', async () => {
    const page = await open('/e/technique:dmd2');
    await heading(page, 'DMD2');
    await stopServer();
    await page.getByRole('link', { name: 'generative adversarial network' }).click();
    await page.getByText('The server does not answer').waitFor();
    await startServer();
    await heading(page, 'generative adversarial network');
    await page.getByText('The server does not answer').waitFor({ state: 'detached' });
  });

  it('a page that was never opened comes, with its styles, when the server was away', async () => {
    const page = await open('/');
    await page.getByText('Most connected').waitFor();
    await stopServer();
    await navigation(page, 'Ontology').click();
    await page.getByText('The server does not answer').waitFor();
    await startServer();
    await heading(page, 'What the graph can say');
    await page.getByText('The server does not answer').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate("getComputedStyle(document.querySelector('.kinds')).display")).toBe('grid');
  });

  it('files of an earlier version lead to those of the server, and if these fail too there is a way on', async () => {
    const page = await open('/');
    await page.getByText('Most connected').waitFor();
    const gone = '**/assets/OntologyPage*';
    const missing = (route: Route) => route.fulfill({ status: 404 });
    await page.route(gone, missing, { times: 1 });
    await navigation(page, 'Ontology').click();
    await heading(page, 'What the graph can say');
    await page.route(gone, missing);
    await page.reload();
    await page.getByRole('alert').getByText('This page could not be shown.').waitFor();
    await page.unroute(gone);
    await page.getByRole('button', { name: 'Load it again' }).click();
    await heading(page, 'What the graph can say');
  });

  it('shows that a slow server is at work, and that it takes long', async () => {
    const page = await open('/ontology');
    await page.locator('.ontology tbody tr').first().waitFor();
    slowDown(6000);
    await page.getByRole('link', { name: 'Stemma' }).click();
    await page.locator('.progress').waitFor();
    await page.getByText('Still working: the answer takes longer than usual.').waitFor();
    slowDown(0);
    await page.getByText('Most connected').waitFor();
    await page.locator('.progress').waitFor({ state: 'detached' });
  });
});
