/** Ids that others handed out: arXiv, DOI, Hugging Face, code repositories, each in any of its spellings. */
import type { EntityKind } from '../ontology.js';
import { nameKey } from './names.js';

/** What an external id says, in the one spelling under which it is compared. */
export interface ExternalId {
  /** `arxiv:2405.14867`, `doi:10.1145/3580305`, `hf:google/vit-base`, `hf:datasets/squad`, `repo:github.com/owner/name`. */
  key: string;
  name: string;
  url: string;
}

/** A reference as it stands in texts, without the marks around it. */
const bare = (text: string): string => {
  const inner = text
    .trim()
    .replace(/^[<([{"'`“‘]{1,4}/, '')
    .replaceAll('\\_', '_');
  const closing = inner.includes('(') ? /[.,;:!>\]}"'`”’…]{1,4}$/ : /[.,;:!>)\]}"'`”’…]{1,4}$/;
  return inner.replace(closing, '');
};

const REPO =
  /^(?:(?:git\+)?(?:https?|ssh|git):\/\/|git@)?(?:[^@/]+@)?(?:www\.|ssh\.)?(github\.com|gitlab\.com)(?::\d+\/|[/:]\/?)([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:[/?#].*)?$/i;
const RAW_REPO = /^(?:https?:\/\/)?raw\.githubusercontent\.com\/([\w.-]+)\/([\w.-]+)\//i;

/** Pages of the hosts that look like an owner. */
const NO_OWNERS = new Set(['orgs', 'topics', 'features', 'sponsors', 'marketplace', 'collections', 'settings']);

/** The canonical URL and name of a code repository in any of its spellings, or null when it is none. */
export function repoOf(text: string): { id: string; url: string; name: string } | null {
  const address = bare(text)
    .replace(/^github:(?=[\w.-]+\/)/i, 'github.com/')
    .replace(RAW_REPO, 'github.com/$1/$2/');
  const [, host, owner, name] = REPO.exec(address) ?? [];
  if (host === undefined || owner === undefined || name === undefined) return null;
  if (NO_OWNERS.has(owner.toLowerCase()) || /^\.+$/.test(name)) return null;
  const path = `${owner}/${name}`;
  return {
    id: `repo:${host.toLowerCase()}/${path.toLowerCase()}`,
    url: `https://${host.toLowerCase()}/${path}`,
    name: path,
  };
}

function repository(text: string): ExternalId | null {
  const repo = repoOf(text);
  return repo && { key: repo.id, name: repo.name, url: repo.url };
}

const WEB = String.raw`(?:https?:\/\/)?(?:www\.)?`;
const ARXIV_PREFIX = new RegExp(
  String.raw`^(?:arxiv preprint )?(?:arxiv ?: ?|${WEB}(?:(?:export|browse)\.)?(?:arxiv\.org|ar5iv(?:\.labs\.arxiv)?\.org|alphaxiv\.org)\/(?:abs|pdf|html|ps|format|src|e-print|overview)\/|${WEB}(?:huggingface\.co|hf\.co)\/papers\/|(?:${WEB}(?:dx\.)?doi\.org\/|doi ?:? ?)?10\.48550\/arxiv\.)`,
  'i',
);
const ARXIV =
  /^(?:(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})|([a-z-]+)(?:\.[a-z]{2})?(\/\d{7}))(?:v\d{1,3})?(?:\.pdf)?(?:[/?# ].*)?$/i;

/** The version of a paper is no part of its id, nor is the subject class of an old one. */
function arxiv(text: string): ExternalId | null {
  const [, recent, archive = '', number = ''] = ARXIV.exec(bare(text).replace(ARXIV_PREFIX, '')) ?? [];
  const id = (recent ?? `${archive}${number}`).toLowerCase();
  return id === '' ? null : { key: `arxiv:${id}`, name: `arXiv:${id}`, url: `https://arxiv.org/abs/${id}` };
}

const DOI = new RegExp(String.raw`^(?:${WEB}(?:dx\.)?doi\.org\/|doi ?:? ?)?(10\.\d{4,9}\/[^\s?#]+)(?:[?#].*)?$`, 'i');

function doi(text: string): ExternalId | null {
  const id = DOI.exec(bare(text).replace(/%2f/gi, '/'))?.[1]?.toLowerCase();
  return id === undefined ? null : { key: `doi:${id}`, name: `doi:${id}`, url: `https://doi.org/${id}` };
}

const HUB = new RegExp(
  String.raw`^(?:(${WEB}(?:huggingface\.co|hf\.co)\/)|hf:(?:\/\/)?)(datasets\/)?([\w.-]+(?:\/(?!(?:tree|blob|resolve|viewer|raw|discussions)\b)[\w.-]+)?)(?:[/?#].*)?$`,
  'i',
);
const NO_HUB_OWNERS = new Set(['spaces', 'papers', 'docs', 'blog', 'collections', 'models', 'api', 'learn', 'tasks']);

/** `owner/name` is an id of the hub where it cannot be two names: the name holds letters and a digit, `-` or `_`. */
const HUB_ID = /^(?![^/]*-\d+\/)[a-z][\w-]*\/(?=[\w.-]*[a-z])(?=[\w.-]*[\d_-])[\w.-]{4,}$/i;

/** What a reference to the hub names; `datasets` is null where it does not say of which kind. */
function hubPage(reference: string): { name: string; datasets: boolean | null } | null {
  const [, web, folder, name = ''] = HUB.exec(reference) ?? [];
  const owned = name.includes('/') && !NO_HUB_OWNERS.has(name.slice(0, name.indexOf('/')).toLowerCase());
  if (!owned && (folder === undefined || name === '')) return null;
  return { name, datasets: folder !== undefined || (web === undefined ? null : false) };
}

const hub =
  (datasets: boolean) =>
  (text: string): ExternalId | null => {
    const reference = bare(text);
    const page = hubPage(reference) ?? (HUB_ID.test(reference) ? { name: reference, datasets: null } : null);
    if (page === null || (page.datasets ?? datasets) !== datasets) return null;
    const path = `${datasets ? 'datasets/' : ''}${page.name}`;
    return { key: `hf:${path.toLowerCase()}`, name: page.name, url: `https://huggingface.co/${path}` };
  };

/** Which external ids an entity of a kind may have, in the order in which they decide. */
const SCHEMES: Record<EntityKind, readonly ((text: string) => ExternalId | null)[]> = {
  PAPER: [arxiv, doi],
  TECHNIQUE: [],
  DATASET: [hub(true)],
  MODEL: [hub(false)],
  REPO: [repository, (text) => (/^[\w-]+\/[\w.-]+$/.test(text) ? repository(`github.com/${text}`) : null)],
};

/** What every external id holds: most names need not be looked at further. */
const LIKELY = /[/:]|\d\.\d{4}/;

/** The external id that a text is for an entity of a kind, null when it is none. */
export function externalId(kind: EntityKind, text: string): ExternalId | null {
  if (!LIKELY.test(text)) return null;
  for (const scheme of SCHEMES[kind]) {
    const found = scheme(text);
    if (found) return found;
  }
  return null;
}

/** The key under which names of a kind are compared: that of the external id that a text is, else of the name. */
export const keyOf = (kind: EntityKind, text: string): string => externalId(kind, text)?.key ?? nameKey(text);

/** The key under which a text of unknown kind is looked up: that of the external id that it is, else of the name. */
export function lookupKey(text: string): string {
  if (!LIKELY.test(text)) return nameKey(text);
  const page = hubPage(bare(text));
  const found = repository(text) ?? arxiv(text) ?? doi(text) ?? (page && hub(page.datasets === true)(text));
  return found?.key ?? nameKey(text);
}
