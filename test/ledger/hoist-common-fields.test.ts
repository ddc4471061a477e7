import { expect, it } from 'vitest';
import { hoistCommonFields } from '../../src/ledger/hoist-common-fields.js';

it('moves the fields that all items share to one place', () => {
  const items = [
    { ord: 1, workspace: 'w', workflow: null, record: 'a', step: 1, aliases: ['x'] },
    { ord: 2, workspace: 'w', workflow: null, record: undefined, step: 1, aliases: ['x'] },
    { ord: 3, workspace: 'w', workflow: null, record: 'c', step: 2, aliases: ['x'] },
  ];
  const { each, shared } = hoistCommonFields(items);
  expect(shared).toEqual({ workspace: 'w', workflow: null });
  expect(each.map((rest) => ({ ...shared, ...rest }))).toEqual(items);
});

it('treats all fields of a single item as shared, and returns nothing for no items', () => {
  expect(hoistCommonFields([{ ord: 1, workflow: null }])).toEqual({
    each: [{}],
    shared: { ord: 1, workflow: null },
  });
  expect(hoistCommonFields([])).toEqual({ each: [], shared: {} });
});

it('keeps a null when other items have a value', () => {
  const { each, shared } = hoistCommonFields([{ workflow: null }, { workflow: 'nightly' }]);
  expect(shared).toEqual({});
  expect(each).toEqual([{ workflow: null }, { workflow: 'nightly' }]);
});
