import type { Operation } from '../operation.js';
import { type Entry, entryFields } from './entries.js';

export type Unlock = {
  recordId: string;
  creditsPaid: number;
  unlockedAt: string;
};

export type Receipt = { entries: { nodes: Entry[] }; unlock?: Unlock | null };

/** Every attempt of one lookup, and the unlock that it created or used. */
export const receipt: Operation<{ lookupId: string; unlock: string; hasUnlock: boolean }, Receipt> = {
  name: 'Receipt',
  text: `query Receipt($lookupId: ID!, $unlock: ID!, $hasUnlock: Boolean!) {
  entries(first: 100, filter: { lookupId: $lookupId }) {
    nodes {
${entryFields}
    }
  }
  unlock: node(id: $unlock) @include(if: $hasUnlock) {
    ... on Unlock {
      recordId
      creditsPaid
      unlockedAt
    }
  }
}
`,
};
