/** Reads the files of the vocabulary: what names mean in every document. */
import { parse } from 'yaml';
import { z } from 'zod';
import { reasonOf } from '../errors.js';
import type { Rejection } from '../model.js';
import { kindOfLabel } from './curated.js';
import type { Term } from './vocabulary.js';

const kind = z.enum(['Paper', 'Technique', 'Dataset', 'Model', 'Repo']);
const text = z.string().trim().min(1);

/** Terms one by one, each with what it is. */
const TermFile = z.array(
  z.strictObject({
    kind,
    name: text,
    aliases: z.array(text).default([]),
    ambiguous: z.boolean().default(false),
    description: text.optional(),
  }),
);

/**
 * Thousands of names of one kind, a name a line: `Conceptual 12M = CC12M`. They stand in block texts, which a YAML
 * parser takes whole: as lists they would take it a second at every start.
 */
const LexiconFile = z.strictObject({ kind, names: z.string().default(''), ambiguous: z.string().default('') });

/** Reads one file of the vocabulary, in either layout. A file that does not parse is rejected whole, a line alone. */
export function readTerms(file: string, source: string): { terms: Term[]; rejections: Rejection[] } {
  try {
    const parsed: unknown = parse(source);
    if (!Array.isArray(parsed)) return readLexicon(file, LexiconFile.parse(parsed));
    const terms = TermFile.parse(parsed).map(({ description, ...term }) => ({
      ...term,
      kind: kindOfLabel(term.kind),
      description: description ?? null,
    }));
    return { terms, rejections: [] };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : reasonOf(error);
    return { terms: [], rejections: [{ file, line: null, reason }] };
  }
}

function readLexicon(file: string, lexicon: z.infer<typeof LexiconFile>): { terms: Term[]; rejections: Rejection[] } {
  const terms: Term[] = [];
  const rejections: Rejection[] = [];
  for (const part of ['names', 'ambiguous'] as const)
    for (const line of lexicon[part].split('\n').filter((one) => one.trim() !== '')) {
      const [name = '', ...aliases] = line.split(' = ').map((spelling) => spelling.trim());
      if ([name, ...aliases].every((spelling) => spelling !== '' && !/^=|=$/.test(spelling)))
        terms.push({
          kind: kindOfLabel(lexicon.kind),
          name,
          aliases,
          description: null,
          ambiguous: part === 'ambiguous',
        });
      else
        rejections.push({
          file,
          line: null,
          reason: `${part}: ${JSON.stringify(line)} must be \`name = alias = alias\``,
        });
    }
  return { terms, rejections };
}
