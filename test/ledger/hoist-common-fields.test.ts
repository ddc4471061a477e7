import { expect, test } from 'vitest';
import { hoistCommonFields } from '../../src/ledger/hoist-common-fields.js';

test('what all items have in common is told once, and together with the rest it is all of them', () => {
  const items = [
    { ord: 1, workspace: 'w', workflow: null, record: 'a', step: 1, aliases: ['x'] },
    { ord: 2, workspace: 'w', workflow: null, record: undefined, step: 1, aliases: ['x'] },
    { ord: 3, workspace: 'w', workflow: null, record: 'c', step: 2, aliases: ['x'] },
  ];
  const { each, shared } = hoistCommonFields(items);
  expect(shared).toEqual({ workspace: 'w', workflow: null });
  expect(each.map((rest) => ({ ...shared, ...rest }))).toEqual(items);
});

test('a lone item is all in common, and no items are none', () => {
  expect(hoistCommonFields([{ ord: 1, workflow: null }])).toEqual({
    each: [{}],
    shared: { ord: 1, workflow: null },
  });
  expect(hoistCommonFields([])).toEqual({ each: [], shared: {} });
});

test('a null stays a null beside a value that others have', () => {
  const { each, shared } = hoistCommonFields([{ workflow: null }, { workflow: 'nightly' }]);
  expect(shared).toEqual({});
  expect(each).toEqual([{ workflow: null }, { workflow: 'nightly' }]);
});
