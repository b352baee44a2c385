/** The configuration: the one place that reads the environment. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { reasonOf, StemmaError } from './errors.js';
import type { Neo4jSettings } from './graph/driver.js';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** Whether the driver can go to an address: only those that it routes itself take a query. */
const isAddress = (uri: string): boolean =>
  /^(bolt|neo4j)(\+s|\+ssc)?:\/\/[^/?#\s@][^/#\s@]*$/.test(uri) && !/^bolt.*\?/.test(uri) && URL.canParse(uri);

/** Every variable: its form, its default, and what it is for. */
const Environment = z.object({
  PORT: whole(0, 65_535).default(4000).describe('port of the HTTP server; 0 takes a free one'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on; 0.0.0.0 for every interface'),
  STEMMA_DATA: z.string().default('./data').describe('directory of the embedded store; not used with NEO4J_URI'),
  NEO4J_URI: z
    .string()
    .refine(isAddress, 'must look like bolt://host:7687, neo4j://host or neo4j+s://host')
    .optional()
    .describe('a Neo4j server or cluster; the embedded engine is used where it is not set'),
  NEO4J_USER: z.string().default('neo4j').describe('user of that server'),
  NEO4J_PASSWORD: z.string().default('').describe('password of that user'),
  NEO4J_PASSWORD_FILE: z
    .string()
    .optional()
    .describe('file that holds the password, without NEO4J_PASSWORD; read once, a final line break is left out'),
  NEO4J_DATABASE: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9.-]{2,62}$/, 'must be the name of a database: 3 to 63 letters, digits, dots and dashes')
    .optional()
    .describe('database of that server; its own default where it is not set'),
  NEO4J_POOL_SIZE: whole(1, 1_000).default(50).describe('connections to one Neo4j server at most'),
  NEO4J_CA_FILE: z
    .string()
    .optional()
    .describe('certificates (PEM) that sign the server’s; turns TLS on, for bolt:// and neo4j:// without +s'),
  STEMMA_DEADLINE: whole(100, 600_000)
    .default(10_000)
    .describe(
      'milliseconds that all a GraphQL request reads may take, or a sixth of a write or of a count of the whole graph',
    ),
  STEMMA_API_KEY: z
    .string()
    .regex(/^[\w.~+/=-]+$/, 'must be letters, digits and . _ ~ + / = - only, as in the output of: openssl rand -hex 32')
    .optional()
    .describe('the key that writing over HTTP needs; where it is not set, nothing can be written over HTTP'),
  STEMMA_RATE_LIMIT: whole(0, 1_000_000).default(600).describe('requests a minute from one address; 0 lifts the limit'),
  STEMMA_LOG: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .describe('how much the server logs: silent, fatal, error, warn, info or debug'),
  STEMMA_LLM_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^?#@]*$/, 'must have no key, user or query; the key goes into STEMMA_LLM_KEY')
    .optional()
    .describe('base address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1, for --extractor llm'),
  STEMMA_LLM_MODEL: z.string().optional().describe('name of the model that is asked there'),
  STEMMA_LLM_KEY: z
    .string()
    .regex(/^[!-~]+$/, 'must be printable ASCII without spaces')
    .optional()
    .describe('key of that endpoint; none is sent where it is not set'),
  STEMMA_LLM_CACHE: z
    .string()
    .default('./data/answers')
    .describe('directory where its answers are kept, so that none is asked for twice'),
});

/** Name, default (null where there is none) and purpose of every variable, in order. */
export const variables = Object.entries(Environment.shape).map(([name, schema]) => {
  const fallback = schema.safeParse(undefined).data;
  return { name, fallback: fallback === undefined ? null : String(fallback), about: schema.description ?? '' };
});

export interface Config {
  port: number;
  host: string;
  /** absolute path */
  dataDirectory: string;
  neo4j: Neo4jSettings | null;
  deadline: number;
  /** null refuses every mutation */
  apiKey: string | null;
  rateLimit: number;
  log: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  /** The language model that `--extractor llm` asks, null where there is none; `url` has no final slash. */
  llm: { url: string; model: string; key: string | null } | null;
  /** absolute path */
  llmCache: string;
}

/** The environment, with what `.env` in the working directory adds to it; what is set already wins. */
function environmentOf(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** Reads and checks the environment; a variable set to nothing counts as not set. @throws BAD_USER_INPUT naming it */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = environmentOf()): Config {
  const parsed = Environment.safeParse(
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new StemmaError('BAD_USER_INPUT', `the environment is not usable: ${wrong.join('; ')} (see .env.example)`);
  }
  const { PORT, HOST, STEMMA_DATA, ...rest } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    dataDirectory: resolve(STEMMA_DATA),
    neo4j: neo4jOf(parsed.data),
    deadline: rest.STEMMA_DEADLINE,
    apiKey: rest.STEMMA_API_KEY ?? null,
    rateLimit: rest.STEMMA_RATE_LIMIT,
    log: rest.STEMMA_LOG,
    llm: llmOf(rest),
    llmCache: resolve(rest.STEMMA_LLM_CACHE),
  };
}

const unusable = (variable: string, reason: string): StemmaError =>
  new StemmaError('BAD_USER_INPUT', `the environment is not usable: ${variable}: ${reason} (see .env.example)`);

function neo4jOf(environment: z.infer<typeof Environment>): Neo4jSettings | null {
  const { NEO4J_URI: uri, NEO4J_PASSWORD_FILE: passwordFile, NEO4J_CA_FILE: certificates = null } = environment;
  if (uri === undefined) return null;
  if (certificates !== null && uri.split('://')[0]?.includes('+'))
    throw unusable('NEO4J_CA_FILE', 'needs bolt:// or neo4j://, as the +s forms trust what the system trusts');
  if (certificates !== null && !/-----BEGIN [\w ]*CERTIFICATE-----/.test(readFrom('NEO4J_CA_FILE', certificates)))
    throw unusable('NEO4J_CA_FILE', 'holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----');
  return {
    uri,
    user: environment.NEO4J_USER,
    password: passwordFile === undefined ? environment.NEO4J_PASSWORD : passwordIn(passwordFile, environment),
    database: environment.NEO4J_DATABASE ?? null,
    poolSize: environment.NEO4J_POOL_SIZE,
    certificates,
  };
}

function readFrom(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(variable, `cannot be read (${reasonOf(error)})`);
  }
}

function passwordIn(file: string, { NEO4J_PASSWORD }: { NEO4J_PASSWORD: string }): string {
  if (NEO4J_PASSWORD !== '') throw unusable('NEO4J_PASSWORD_FILE', 'is set beside NEO4J_PASSWORD; give one of them');
  return readFrom('NEO4J_PASSWORD_FILE', file).replace(/\r?\n$/, '');
}

type Endpoint = Pick<z.infer<typeof Environment>, 'STEMMA_LLM_URL' | 'STEMMA_LLM_MODEL' | 'STEMMA_LLM_KEY'>;

function llmOf({ STEMMA_LLM_URL, STEMMA_LLM_MODEL, STEMMA_LLM_KEY }: Endpoint): Config['llm'] {
  if (STEMMA_LLM_URL === undefined || STEMMA_LLM_MODEL === undefined) return null;
  return { url: STEMMA_LLM_URL.replace(/\/+$/, ''), model: STEMMA_LLM_MODEL, key: STEMMA_LLM_KEY ?? null };
}
