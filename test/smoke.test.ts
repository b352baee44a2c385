import { expect, it } from 'vitest';
import { ask, onBothEngines, seeded } from './testkit.js';
onBothEngines('smoke', (open) => {
  it('answers', async () => {
    const engine = await seeded(await open());
    const { data } = await ask(engine, '{ stats { documents } check { rule subject } }');
    expect(data).toEqual({ stats: { documents: 84 }, check: [] });
    await engine.close();
  });
});
