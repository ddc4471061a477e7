type Tab = { query: string; variables?: string };

/**
 * The script that runs in the page before GraphiQL does, and sets which of its stored tabs is the active one.
 *
 * On a reload GraphiQL looks for the tab whose text is what was typed last, and opens an empty one more where there is
 * none, as when nothing was typed yet. So what it looks for is set to the tab that was active. And it takes no
 * variables from its address, nor any query while there are examples; an address that bears both, as the dashboard's
 * links do, gets a tab of its own beside the others. (The keys in localStorage are those of
 * @graphql-yoga/render-graphiql 5.)
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
      // The first visit: nothing is stored.
    }
  })();
`;
