/** Asks an OpenAI-compatible chat endpoint, again where that may help, within a budget and by a deadline. */
import { z } from 'zod';
import { reasonOf } from '../../errors.js';
import { requestOf } from './prompt.js';

export interface Endpoint {
  /** Base address without a final slash, as in `http://localhost:11434/v1`. */
  url: string;
  model: string;
  /** Sent as a bearer token, and shown nowhere. */
  key: string | null;
}

/** Time and chance as the calls see them. */
export interface Clock {
  /** milliseconds */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** 0 up to, but not including, 1 */
  random(): number;
}

export interface Limits {
  /** How many calls may be made, repeated ones among them. */
  calls: number;
  /** No call is made once the answers took this many tokens. */
  tokens: number;
  /** Milliseconds for one call, and for all of them. */
  callDeadline: number;
  deadline: number;
}

/** How often one document is asked about before it is given up. */
const ATTEMPTS = 5;
/** Milliseconds before the second attempt, doubled for each further one, up to the most. */
const PAUSE = 1_000;
const PAUSE_MAX = 60_000;
const ANSWER_MAX = 2_000_000;
/** After so many documents in a row that failed for good, the endpoint is taken to be down. */
const FAILURES_MAX = 3;

const Chat = z.object({
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }) }))
    .min(1),
  usage: z.object({ total_tokens: z.number().nonnegative() }).nullish().catch(null),
});
const Problem = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** Why there is no text; `next` says whether asking again may help, and whether all documents would fare alike. */
interface Failure {
  reason: string;
  next: 'retry' | 'skip' | 'stop';
  /** Milliseconds that the endpoint asks to wait. */
  after?: number;
}

/** The calls of one run. */
export class Calls {
  made = 0;
  tokens = 0;
  private readonly endsAt: number;
  private failures = 0;
  private stopped: string | null = null;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {
    this.endsAt = clock.now() + limits.deadline;
  }

  /** What the model says of a content, or why there is nothing. */
  async ask(content: string): Promise<{ text: string } | { reason: string }> {
    let before = 'not asked';
    for (let attempt = 1; ; attempt++) {
      const refused = this.refuses();
      if (refused !== null) return { reason: `${before}: ${refused}` };
      const outcome = await this.call(content);
      if ('text' in outcome) {
        this.failures = 0;
        return outcome;
      }
      before = `${outcome.reason}, not asked again`;
      const pause = this.pauseAfter(attempt, outcome);
      if (outcome.next === 'retry' && attempt < ATTEMPTS && this.clock.now() + pause < this.endsAt)
        await this.clock.wait(pause);
      else return { reason: this.givenUp(outcome, attempt) };
    }
  }

  /** Why no further call may be made, null while one may. */
  private refuses(): string | null {
    const { calls, tokens, deadline } = this.limits;
    if (this.stopped !== null) return this.stopped;
    if (this.made >= calls) return `the budget of ${String(calls)} calls is used up; run it again to go on`;
    if (this.tokens >= tokens) return `the budget of ${String(tokens)} tokens is used up; run it again to go on`;
    if (this.clock.now() >= this.endsAt)
      return `the ${String(deadline / 60_000)} minutes for all calls are over; run it again to go on`;
    return null;
  }

  /** Twice as long each time, by chance up to half of it less, and never sooner than the endpoint asks. */
  private pauseAfter(attempt: number, { after = 0 }: Failure): number {
    const pause = Math.min(PAUSE_MAX, PAUSE * 2 ** (attempt - 1));
    return Math.max(after, pause * (1 - this.clock.random() / 2));
  }

  private givenUp({ reason, next }: Failure, attempt: number): string {
    const said = attempt === 1 ? reason : `${reason} (attempt ${String(attempt)})`;
    if (next === 'retry') this.failures++;
    if (next === 'stop') this.stopped = reason;
    else if (this.failures >= FAILURES_MAX)
      this.stopped = `${String(FAILURES_MAX)} documents in a row failed, the last because ${reason}`;
    return said;
  }

  private async call(content: string): Promise<{ text: string } | Failure> {
    this.made++;
    const { url, model, key } = this.endpoint;
    const time = Math.max(1, Math.min(this.limits.callDeadline, this.endsAt - this.clock.now()));
    try {
      const response = await fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(requestOf(model, content)),
        redirect: 'manual',
        signal: AbortSignal.timeout(time),
      });
      const body = await boundedText(response);
      if (!response.ok) return this.refused(response, body ?? '');
      if (body === null) return { reason: `its answer is larger than ${String(ANSWER_MAX / 1e6)} MB`, next: 'skip' };
      return this.answered(body);
    } catch (error) {
      if (error instanceof DOMException) return { reason: `no answer within ${String(time / 1000)} s`, next: 'retry' };
      return { reason: `the connection failed (${this.shown(causeOf(error))})`, next: 'retry' };
    }
  }

  private answered(body: string): { text: string } | Failure {
    const json = parsed(body);
    const { data } = Chat.safeParse(json);
    const problem = Problem.safeParse(json).data;
    // An endpoint that does not count is taken to use a token for four letters.
    this.tokens += data?.usage?.total_tokens ?? Math.ceil(body.length / 4);
    if (json === undefined)
      return {
        reason: `it answers with ${/^\s*</.test(body) ? 'HTML' : 'something else'}, not JSON; is STEMMA_LLM_URL right?`,
        next: 'skip',
      };
    if (problem) return { reason: `it says: ${this.shown(messageOf(problem))}`, next: 'skip' };
    const message = data?.choices[0]?.message;
    if (typeof message?.refusal === 'string')
      return { reason: `the model refuses: ${this.shown(message.refusal)}`, next: 'skip' };
    if (typeof message?.content !== 'string') return { reason: 'its answer has no text', next: 'skip' };
    return { text: message.content };
  }

  private refused({ status, headers }: Response, body: string): Failure {
    const problem = Problem.safeParse(parsed(body)).data;
    const reason = `it answers ${String(status)}${problem ? `: ${this.shown(messageOf(problem))}` : ''}`;
    if (status === 408 || status === 429 || status >= 500)
      return { reason, next: 'retry', after: retryAfter(headers.get('retry-after'), this.clock.now()) };
    const stops = status < 400 || [401, 403, 404, 405].includes(status);
    return {
      reason: stops ? `${reason}; are STEMMA_LLM_URL, STEMMA_LLM_MODEL and STEMMA_LLM_KEY right?` : reason,
      next: stops ? 'stop' : 'skip',
    };
  }

  /** What others say, on one line, without the key. */
  private shown(text: string): string {
    const { key } = this.endpoint;
    const safe = key === null ? text : text.replaceAll(key, '…');
    return safe
      .replace(/[\s\p{C}]+/gu, ' ')
      .trim()
      .slice(0, 200);
  }
}

const messageOf = ({ error }: z.infer<typeof Problem>): string => (typeof error === 'string' ? error : error.message);

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? reasonOf(error) : reasonOf(cause);
};

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The text of a response, null where it is larger than anything that is wanted; the rest is not read. */
async function boundedText({ body }: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  const chunks: AsyncIterable<Uint8Array> | null = body;
  for await (const chunk of chunks ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > ANSWER_MAX) return null;
  }
  return text + decoder.decode();
}

/** Milliseconds of a Retry-After header, which has seconds or a date; 0 where it has neither. */
function retryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds);
}
