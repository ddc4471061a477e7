/**
 * Runs in the page before GraphiQL does. On a reload GraphiQL looks among its stored tabs for the one whose text is
 * what was typed last, and opens an empty one more where there is none, as when nothing was typed yet. So what it
 * looks for is set to the tab that was active. (Its keys in localStorage are those of @graphql-yoga/render-graphiql 5.)
 */
export const keepActiveTab = `
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
    const { query, variables } = tabs[activeTabIndex];
    localStorage.setItem('graphiql:query', query ?? '');
    localStorage.setItem('graphiql:variables', variables ?? '');
  } catch {
    // The first visit: nothing is stored.
  }
`;
