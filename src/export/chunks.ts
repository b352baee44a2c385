/** Text in pieces. */

/** Every item of the pages as text, in one chunk a page. */
export async function* each<Item>(
  pages: AsyncIterable<readonly Item[]>,
  render: (item: Item) => string,
  separator = '',
): AsyncGenerator<string> {
  let before = '';
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield before + page.map(render).join(separator);
    before = separator;
  }
}

/** How many characters a chunk has at least, but for the last. */
const CHUNK = 65_536;

/** The same text in fewer chunks: what cannot be read at all fails before there is a first one. */
export async function* inChunks(text: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = '';
  for await (const piece of text) {
    pending += piece;
    if (pending.length < CHUNK) continue;
    yield pending;
    pending = '';
  }
  if (pending !== '') yield pending;
}
