/** The boxes that names are typed into: what they say, and what Enter chooses. */
import { expect, it } from 'vitest';
import { inBrowser } from './visit.js';

inBrowser('the boxes of the explorer', ({ open, url }) => {
  it('says what a text too short is found by, and what little it finds', async () => {
    const page = await open('/');
    const told = page.locator('.combobox [role="status"]');
    await page.getByRole('combobox').fill('zq');
    await expect.poll(() => told.innerText()).toBe('Go on typing.');
    await page.getByRole('combobox').fill('zqx');
    await expect.poll(() => told.innerText()).toBe('Nothing is called so.');
    await page.getByRole('combobox').fill('MEAL V2: Boosting');
    await page.getByRole('option', { name: 'The only result' }).waitFor();
    await expect.poll(() => page.getByRole('option').count()).toBe(2);
  });

  it('Enter chooses an end of a path by the whole text that was typed, and the cursor stays there', async () => {
    const page = await open('/path');
    const from = page.getByRole('combobox', { name: 'From', exact: true });
    await from.fill('image');
    await page.getByRole('option').first().waitFor();
    await from.fill('DMD2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=/);
    expect(page.url()).toBe(`${url()}/path?from=technique:dmd2`);
    await expect.poll(() => from.inputValue()).toBe('DMD2');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('From');
  });
});
