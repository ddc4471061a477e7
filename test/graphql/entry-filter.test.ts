import { expect, it } from 'vitest';
import { readEntryFilter } from '../../src/graphql/entry-filter.js';

it('reads filters that select the same as the same, so that reports share a read', () => {
  const none = JSON.stringify(readEntryFilter(undefined));
  for (const same of [
    null,
    {},
    { sandbox: null },
    { without: [] },
    { from: null, workflow: null, tokens: null },
  ]) {
    expect([same, JSON.stringify(readEntryFilter(same))]).toEqual([same, none]);
  }
  for (const other of [{ sandbox: false }, { without: ['WORKFLOW' as const] }, { workflow: 'crm' }]) {
    expect([other, JSON.stringify(readEntryFilter(other))]).not.toEqual([other, none]);
  }
});
