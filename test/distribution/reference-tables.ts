/**
 * The tables without a workspace in each key. In a database that is distributed by workspace, they are the same on every
 * node (REFERENCE), or they stay on the coordinator (COORDINATOR). docs/scaling.md has the same list.
 */
export const referenceTables: Record<string, { place: 'REFERENCE' | 'COORDINATOR'; reason: string }> = {
  workspaces: {
    place: 'REFERENCE',
    reason: 'It is the list of what the others are distributed by, and tables on every node refer to it.',
  },
  tokens: {
    place: 'REFERENCE',
    reason: 'A request names no workspace until its token is found by its hash.',
  },
  vault: { place: 'REFERENCE', reason: 'One row for the whole database.' },
  instances: { place: 'COORDINATOR', reason: 'A gateway serves every workspace.' },
  rate_limits: {
    place: 'COORDINATOR',
    reason: "A provider's limit holds for a key in whichever workspaces it is used. The table is unlogged.",
  },
  schema_functions: { place: 'COORDINATOR', reason: 'It describes the database itself.' },
};
