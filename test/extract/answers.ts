/** What the tests of the extractor by a language model share: documents, and what is believed of an answer. */
import { readAnswer } from '../../src/extract/llm/answer.js';
import { rejectedInWords } from '../../src/extract/llm/model.js';
import { EXAMPLE } from '../../src/extract/llm/prompt.js';
import { verify } from '../../src/extract/llm/verify.js';
import { documentId } from '../../src/ingest/identify.js';
import type { Vocabulary } from '../../src/ingest/vocabulary.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { Document, Fact } from '../../src/model.js';

/** A document of a title, a blank line and a text. */
export const documentOf = (content: string): Document => {
  const [title = '', text = ''] = content.split('\n\n');
  return {
    id: documentId(title), title, text, url: null, publishedOn: null, year: null, arxivId: null, isPaper: true,
  }; // prettier-ignore
};

/** The document of the example that models are shown. */
export const lanternfish = documentOf(EXAMPLE.content);
/** A vocabulary that knows nothing. */
export const nothing = vocabularyOf([]).vocabulary;

/** What is made of an answer, in few words: facts as `source TYPE target (quote)`, with their result. */
export function believed(answer: unknown, content = EXAMPLE.content, vocabulary: Vocabulary = nothing) {
  const read = readAnswer(typeof answer === 'string' ? answer : JSON.stringify(answer));
  if ('reason' in read) return read;
  const { facts, mentions, ...counts } = verify(read, documentOf(content), content, vocabulary);
  return { facts: facts.map(inShort), said: rejectedInWords(counts), mentions };
}

export const inShort = ({ type, from, to, quote, score }: Fact): string =>
  `${from.name} ${type} ${to.name} (${quote ?? ''})${score ? ` ${score.metric} ${score.raw}` : ''}`;
