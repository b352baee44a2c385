import type { ReactNode } from 'react';
import { ENTITY_KINDS } from '../../../ontology.js';
import { EntityPageDocument, type EntityPageQuery } from '../../generated/graphql.js';
import { ExportMenu } from '../ExportLinks.js';
import { KindIcon } from '../kinds.js';
import { Link, pathOf, withSearch } from '../router.js';
import { AsGraphql, Heading } from '../ui.js';

type EntityAnswer = NonNullable<EntityPageQuery['entity']>;

/** What an entity is, its name as children, where else it is, and what can be asked of it. */
export function EntityHead({ entity, children }: { entity: EntityAnswer; children: ReactNode }) {
  const { id, kind, name, aliases, description } = entity;
  const also = differing(name, aliases);
  const published = entity.__typename === 'Paper' ? (entity.publishedOn ?? entity.year) : null;
  return (
    <header className="entity-head" data-kind={kind}>
      <p className="kind">
        <KindIcon kind={kind} /> {ENTITY_KINDS[kind].label}
        {published && <span className="aside">{published}</span>}
      </p>
      <Heading title={name}>{children}</Heading>
      {also.length > 0 && <p className="aliases">Also {also.join(' · ')}</p>}
      {description && <p className="description">{description}</p>}
      <nav aria-label="This entity">
        <Link className="button" to={pathOf('/lineage/', id)}>
          Lineage
        </Link>
        <Link className="button" to={withSearch('/path', { from: id })}>
          Path to …
        </Link>
        {kind === 'DATASET' && (
          <Link className="button" to={pathOf('/d/', id)}>
            Results
          </Link>
        )}
        <AsGraphql document={EntityPageDocument} variables={{ id }} />
        {linksOut(entity).map(({ href, label }) => (
          <a key={href} href={href} rel="noreferrer" className="out">
            {label}
          </a>
        ))}
      </nav>
      <ExportMenu of={{ neighborhood: id }} />
    </header>
  );
}

/** The aliases that differ in more than case from the name and from those before them. */
function differing(name: string, aliases: readonly string[]): string[] {
  const seen = new Set([name.toLowerCase()]);
  return aliases.filter((alias) => !seen.has(alias.toLowerCase()) && seen.add(alias.toLowerCase()));
}

/** Pages elsewhere, each address once. */
function linksOut(entity: EntityAnswer): { href: string; label: string }[] {
  const arxiv = entity.__typename === 'Paper' && entity.arxivId ? entity.arxivId : null;
  const links = [
    ...(arxiv ? [{ href: `https://arxiv.org/abs/${arxiv}`, label: `arXiv ${arxiv}` }] : []),
    ...(entity.url ? [{ href: entity.url, label: new URL(entity.url).hostname.replace(/^www\./, '') }] : []),
  ];
  return links.filter(({ href }, index) => links.findIndex((link) => link.href === href) === index);
}
