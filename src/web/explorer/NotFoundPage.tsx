import { Link, type PageProps } from './router.js';
import { Heading } from './ui.js';

export default function NotFoundPage({ route }: PageProps) {
  return (
    <article className="page">
      <Heading title="Nothing is here">Nothing is here</Heading>
      <p>
        No page has the address <code>{route.path}</code>. Search above for what you were looking for, or{' '}
        <Link to="/">start at the beginning</Link>.
      </p>
    </article>
  );
}
