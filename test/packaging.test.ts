/** What the package says about itself outside its code: README, .env.example, docker-compose.yml, lock file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig, variables } from '../src/config.js';
import { RELATION_TYPES } from '../src/ontology.js';
import type { Engine } from '../src/graph/engine.js';
import { ask, openEmbedded, packageFile, seeded } from './testkit.js';

const readme = packageFile('README.md');
const names = variables.map(({ name }) => name);

/** All matches of a pattern, each as its groups. */
const groups = (text: string, pattern: RegExp): string[][] => [...text.matchAll(pattern)].map(([, ...found]) => found);

it('.env.example lists every variable, in order, with its default and purpose', () => {
  expect(groups(packageFile('.env.example'), /^# (.+)\n(\w+)=(.*)$/gm)).toEqual(
    variables.map(({ name, fallback, about }) => [about, name, fallback ?? '']),
  );
});

it('.env.example as it stands is the default configuration', () => {
  const environment = Object.fromEntries(groups(packageFile('.env.example'), /^(\w+)=(.*)$/gm) as [string, string][]);
  expect(readConfig(environment)).toEqual(readConfig({}));
});

it('the README lists every variable, in order, with its default and purpose', () => {
  expect(groups(readme, /^\| `([A-Z\d_]+)` +\| `?(.*?)`? +\| (.+?) +\|$/gm)).toEqual(
    variables.map(({ name, fallback, about }) => [name, fallback ?? '', about]),
  );
});

interface Compose {
  services: { neo4j: { image: string }; stemma: { environment: Record<string, string> } };
}

it('docker-compose.yml sets and reads only variables that there are', () => {
  const text = packageFile('docker-compose.yml');
  const { services } = parse(text) as Compose;
  const read = groups(text, /(?<!\$)\$\{(\w+)/g).flat();
  expect([...Object.keys(services.stemma.environment), ...read].filter((name) => !names.includes(name))).toEqual([]);
});

it('docker-compose.yml gives variables their defaults, but for the password', () => {
  const given = new Map(groups(packageFile('docker-compose.yml'), /\$\{(\w+):-([^}]*)\}/g) as [string, string][]);
  const defaults = new Map(variables.map(({ name, fallback }) => [name, fallback]));
  expect([...given].filter(([name, value]) => value !== defaults.get(name))).toEqual([
    ['NEO4J_PASSWORD', 'stemma-local'],
  ]);
});

it('docker-compose.yml makes a configuration that reaches its own Neo4j', () => {
  const { services } = parse(packageFile('docker-compose.yml')) as Compose;
  const set = Object.entries(services.stemma.environment).map(
    ([name, value]) => [name, value.replace(/\$\{\w+:-([^}]*)\}/, '$1')] as const,
  );
  expect(services.neo4j.image).toBe('neo4j:5.26-community');
  expect(readConfig(Object.fromEntries(set))).toMatchObject({
    neo4j: { uri: 'bolt://neo4j:7687', user: 'neo4j', password: 'stemma-local', database: null },
    port: readConfig({}).port,
  });
});

const WRONG = {
  PORT: '70000',
  NEO4J_URI: 'http://localhost:7474',
  NEO4J_DATABASE: 'my database',
  NEO4J_POOL_SIZE: '0',
  STEMMA_DEADLINE: 'soon',
  STEMMA_RATE_LIMIT: '-1',
  STEMMA_LOG: 'loud',
  STEMMA_LLM_URL: 'http://localhost/v1?key=secret',
  STEMMA_LLM_KEY: 'two words',
};

it('a value that cannot be used is refused with the name of its variable', () => {
  for (const [name, value] of Object.entries(WRONG)) expect(() => readConfig({ [name]: value })).toThrow(` ${name}: `);
});

it('an address that the driver could not go to is refused with the name of its variable', () => {
  const bad = [
    'bolt://host:99999',
    'bolt://:7687',
    'bolt://[::1',
    'bolt://h?x=y',
    'neo4j://?x=y',
    'bolt://u:p@h',
    'neo4j://h/d',
  ];
  for (const uri of bad) expect(() => readConfig({ NEO4J_URI: uri })).toThrow(' NEO4J_URI: must look like ');
  for (const uri of ['bolt://[::1]:7687', 'neo4j://h?policy=near', 'neo4j+s://a.b.c', 'bolt+ssc://h:1'])
    expect(readConfig({ NEO4J_URI: uri }).neo4j?.uri).toBe(uri);
});

it('a password may stand in a file, alone; what cannot be read, or does not go together, is refused by name', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stemma-secret-'));
  const file = join(directory, 'password');
  writeFileSync(file, 'se cret\n');
  const pem = join(directory, 'authority.pem');
  writeFileSync(pem, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  const read = (environment: Record<string, string>) => readConfig({ NEO4J_URI: 'neo4j://host', ...environment }).neo4j;
  expect(read({ NEO4J_PASSWORD_FILE: file, NEO4J_CA_FILE: pem })).toEqual({
    uri: 'neo4j://host', user: 'neo4j', password: 'se cret', database: null, poolSize: 50, certificates: pem,
  }); // prettier-ignore
  expect(() => read({ NEO4J_PASSWORD_FILE: file, NEO4J_PASSWORD: 'other' })).toThrow(
    ' NEO4J_PASSWORD_FILE: is set beside',
  );
  expect(() => read({ NEO4J_PASSWORD_FILE: join(directory, 'none') })).toThrow(' NEO4J_PASSWORD_FILE: cannot be read');
  expect(() => read({ NEO4J_CA_FILE: join(directory, 'none') })).toThrow(' NEO4J_CA_FILE: cannot be read');
  expect(() => read({ NEO4J_URI: 'neo4j+s://host', NEO4J_CA_FILE: pem })).toThrow(' NEO4J_CA_FILE: needs bolt://');
  expect(() => read({ NEO4J_CA_FILE: directory })).toThrow(' NEO4J_CA_FILE: cannot be read (EISDIR');
  expect(() => read({ NEO4J_CA_FILE: file })).toThrow(' NEO4J_CA_FILE: holds no certificate');
  rmSync(directory, { recursive: true });
});

it('all values that cannot be used are named at once', () => {
  const named = new RegExp(Object.keys(WRONG).join('[^]*'));
  expect(() => readConfig(WRONG)).toThrow(named);
});

interface Lock {
  packages: Record<string, { version?: string; resolved?: string; os?: string[]; cpu?: string[]; optional?: boolean }>;
}
const { packages } = JSON.parse(packageFile('package-lock.json')) as Lock;

it('the lock file names no registry', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it('the lock file has the embedded engine for every platform', () => {
  const prefix = 'node_modules/@grafeo-db/js-';
  const found = Object.entries(packages).filter(([path]) => path.startsWith(prefix));
  expect(
    found.map(([path, { version, os, cpu, optional }]) => [path.slice(prefix.length), version, os, cpu, optional]),
  ).toEqual([
    ['darwin-arm64', '0.6.0', ['darwin'], ['arm64'], true],
    ['darwin-x64', '0.6.0', ['darwin'], ['x64'], true],
    ['linux-arm64-gnu', '0.6.0', ['linux'], ['arm64'], true],
    ['linux-arm64-musl', '0.6.0', ['linux'], ['arm64'], true],
    ['linux-x64-gnu', '0.6.0', ['linux'], ['x64'], true],
    ['win32-x64-msvc', '0.6.0', ['win32'], ['x64'], true],
  ]);
});

const TOUR = groups(readme, /```graphql\n([^`]*)```\n\n```json\n([^`]*)```/g);

let engine: Engine;
beforeAll(async () => {
  engine = await seeded(await openEmbedded());
});
afterAll(() => engine.close());

it('every query of the README has its answer beside it', () => {
  expect(TOUR.length).toBe(groups(readme, /^(```graphql)$/gm).length);
  expect(TOUR.length).toBeGreaterThanOrEqual(5);
});

it.each(TOUR.map(([query = '', answer = ''], i) => ({ step: i + 1, query, answer })))(
  'step $step of the tour answers what the README says',
  async ({ query, answer }) => {
    expect(await ask(engine, query)).toEqual({ data: JSON.parse(answer) as unknown, codes: [] });
  },
);

it('the picture of a lineage shows the relations that the graph has', async () => {
  const { data } = await ask(
    engine,
    '{ lineage(of: "technique:dmd2") { complete edges { type } nodes { entity { name } } } }',
  );
  const shown = groups(packageFile('docs/lineage.svg'), />([^<]+)<\/text>/g).flat();
  const { lineage } = data as {
    lineage: { complete: boolean; edges: { type: string }[]; nodes: { entity: { name: string } }[] };
  };
  const types = shown.flatMap((text) => text.split(', ')).filter((text) => (RELATION_TYPES as string[]).includes(text));
  expect(types.sort()).toEqual(lineage.edges.map(({ type }) => type).sort());
  expect(lineage.nodes.filter(({ entity }) => !shown.join(' ').includes(entity.name))).toEqual([]);
  expect(lineage.complete).toBe(true);
});
