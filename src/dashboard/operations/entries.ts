import type { Operation } from '../operation.js';

export type Entry = {
  id: string;
  /** The entry of the lookup's first step. */
  lookupId: string;
  step: number;
  kind: 'LOOKUP' | 'CORRECTION';
  occurredAt: string;
  operation: string;
  outcome: string;
  charge: string;
  creditsCharged: number;
  creditsSaved: number;
  provider: string | null;
  payer: string | null;
  connection: { name: string } | null;
  token: { name: string } | null;
  workflow: string | null;
  sandbox: boolean;
  fromSnapshot: boolean;
  problem: string | null;
  latencyMs: number;
  unlockId: string | null;
  correctsEntryId: string | null;
};

/** What is read of every entry, as it stands in the lists of `nodes`. */
export const entryFields = `      id
      lookupId
      step
      kind
      occurredAt
      operation
      outcome
      charge
      creditsCharged
      creditsSaved
      provider
      payer
      connection {
        name
      }
      token {
        name
      }
      workflow
      sandbox
      fromSnapshot
      problem
      latencyMs
      unlockId
      correctsEntryId`;

export type EntriesVariables = { first: number; from: string; to: string };

export type Entries = { entries: { nodes: Entry[]; pageInfo: { hasNextPage: boolean } } };

export const recentEntries: Operation<EntriesVariables, Entries> = {
  name: 'RecentEntries',
  text: `query RecentEntries($first: Int!, $from: DateTime!, $to: DateTime!) {
  entries(first: $first, filter: { from: $from, to: $to }) {
    nodes {
${entryFields}
    }
    pageInfo {
      hasNextPage
    }
  }
}
`,
};
