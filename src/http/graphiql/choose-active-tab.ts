type Tab = { query: string; variables?: string };

/**
 * A script that runs in the page before GraphiQL, and sets the active one of its stored tabs.
 *
 * On a reload GraphiQL looks for the tab with the text that was typed last, and opens another empty tab if there is none.
 * The script sets that text to the tab that was active. GraphiQL also ignores variables in its URL, and the query
 * while there are examples; a URL with both, such as the dashboard's links, gets a tab of its own. The keys in
 * localStorage are those of @graphql-yoga/render-graphiql 5.
 */
export const chooseActiveTab = (examples: readonly Tab[]): string => `
  (() => {
    const titleOf = (query) => /^(?!#).*(?:query|mutation)\\s+(\\w+)/m.exec(query)?.[1] ?? '<untitled>';
    const toTab = ({ query, variables = null }) => ({
      id: Math.random().toString(36).slice(2),
      title: titleOf(query),
      query,
      variables,
      headers: null,
      operationName: titleOf(query),
      response: null,
    });
    try {
      let state = JSON.parse(localStorage.getItem('graphiql:tabState'));
      const linked = new URLSearchParams(location.search);
      if (linked.has('query') && linked.has('variables')) {
        state ??= { activeTabIndex: 0, tabs: ${JSON.stringify(examples).replaceAll('<', '\\u003c')}.map(toTab) };
        const tab = toTab({ query: linked.get('query'), variables: linked.get('variables') });
        const same = state.tabs.findIndex(({ query }) => query === tab.query);
        state.activeTabIndex = same === -1 ? state.tabs.length : same;
        state.tabs[state.activeTabIndex] = tab;
        localStorage.setItem('graphiql:tabState', JSON.stringify(state));
        history.replaceState(null, '', location.pathname);
      }
      const { query, variables } = state.tabs[state.activeTabIndex];
      localStorage.setItem('graphiql:query', query ?? '');
      localStorage.setItem('graphiql:variables', variables ?? '');
    } catch {
      // Nothing is stored at the first visit.
    }
  })();
`;
