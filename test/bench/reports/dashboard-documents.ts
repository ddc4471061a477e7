import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FragmentDefinitionNode, Kind, parse, print, visit } from 'graphql';
import { root } from '../processes/build-programs.js';

export type Request = { query: string; variables: object };

const files = ['app/viewer', 'pages/overview/overview', 'pages/usage/usage'];

/** What the pages Overview and Usage send when they are opened, from their own documents, with a period of 30 days. */
export const dashboardRequests = (accounts: readonly string[], to: Date, timeZone: string): Request[] => {
  const documents = readDocuments();
  const send = (name: string, variables: object = {}): Request => {
    const query = documents.get(name);
    if (query === undefined) throw new Error(`the dashboard has no document ${name}`);
    return { query, variables };
  };
  const period = { from: new Date(to.getTime() - 30 * 86_400_000), to, timeZone };
  const view = { ...period, sandbox: false };
  const report = { ...period, filter: { sandbox: false, without: [] } };
  const labels = Object.fromEntries(
    ['Connection', 'Provider', 'Operation', 'Workflow', 'Token', 'Outcome', 'Payer'].map((label) => [
      `by${label}`,
      false,
    ]),
  );
  return [
    send('Viewer'),
    send('FirstSteps'),
    send('OverviewSummary', { ...view, monthFrom: period.from, monthTo: to }),
    send('CreditsOverTime', { ...view, unit: 'DAY' }),
    send('CreditsByWorkflow', view),
    send('CreditsByToken', view),
    send('UsageByProvider', view),
    send('OverviewAccounts'),
    ...accounts.map((connection) => send('OverviewBalance', { connection })),
    send('OverviewBudgets'),
    send('OverviewAlerts'),
    send('RecentEntries', { first: 10, ...view, timeZone: undefined }),
    send('UsageReport', { ...report, ...labels, groupBy: [], previous: true }),
    send('UsageChart', {
      ...report,
      ...labels,
      byWorkflow: true,
      groupBy: ['DAY', 'WORKFLOW'],
      top: { groups: 6, by: 'CREDITS_CHARGED' },
      charged: true,
      saved: false,
      lookups: false,
      attempts: false,
    }),
    send('UsageReport', { ...report, ...labels, byWorkflow: true, groupBy: ['WORKFLOW'], previous: true }),
  ];
};

/** Each operation with the fragments that it needs, by its name. */
const readDocuments = (): Map<string, string> => {
  const definitions = files.flatMap(
    (file) => parse(readFileSync(path.join(root, 'src', 'dashboard', `${file}.graphql`), 'utf8')).definitions,
  );
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  return new Map(
    definitions.flatMap((one) => {
      if (one.kind !== Kind.OPERATION_DEFINITION || one.name === undefined) return [];
      const needed = new Set<FragmentDefinitionNode>();
      const collect = (node: Parameters<typeof visit>[0]): void => {
        visit(node, {
          FragmentSpread: ({ name }) => {
            const fragment = fragments.get(name.value);
            if (fragment === undefined || needed.has(fragment)) return;
            needed.add(fragment);
            collect(fragment);
          },
        });
      };
      collect(one);
      return [[one.name.value, [one, ...needed].map((node) => print(node)).join('\n')]];
    }),
  );
};
