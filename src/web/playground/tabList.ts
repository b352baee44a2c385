/**
 * GraphiQL's tabs are announced as tabs that hold buttons, which no assistive technology can tell apart. Here they are
 * what they are used as: a list of buttons, the current one marked and in sight.
 */
export function announceTabs(page: HTMLElement): void {
  const settle = () => {
    for (const list of page.querySelectorAll('[role="tablist"].graphiql-tabs')) list.removeAttribute('role');
    for (const item of page.querySelectorAll('.graphiql-tab[aria-selected]')) {
      const isCurrent = item.getAttribute('aria-selected') === 'true';
      item.removeAttribute('role');
      item.removeAttribute('aria-selected');
      item.querySelector('button')?.setAttribute('aria-current', String(isCurrent));
      if (isCurrent) item.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  };
  new MutationObserver(settle).observe(page, { subtree: true, childList: true, attributeFilter: ['aria-selected'] });
}
