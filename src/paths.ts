/** The explorer's addresses: the server answers each with the same page, which draws what the rest of the address names. */

/** A final `*` stands for an id, which may contain slashes and colons. */
export const PAGE_PATHS = ['/', '/e/*', '/path', '/d/*', '/lineage/*', '/map', '/ontology'] as const;

export type PagePath = (typeof PAGE_PATHS)[number];
