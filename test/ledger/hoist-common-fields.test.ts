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

it('separates the fields of an object when its items share some of them', () => {
  const items = [
    { id: 1, labels: { payer: 'OWN', workflow: null } },
    { id: 2, labels: { payer: 'OWN', workflow: 'nightly' } },
  ];
  expect(hoistCommonFields(items)).toEqual({
    shared: { labels: { payer: 'OWN' } },
    each: [
      { id: 1, labels: { workflow: null } },
      { id: 2, labels: { workflow: 'nightly' } },
    ],
  });
});

it('leaves an object out of each item when the items share all of its fields', () => {
  const items = [
    { id: 1, labels: { payer: 'OWN' } },
    { id: 2, labels: { payer: 'OWN' } },
  ];
  expect(hoistCommonFields(items)).toEqual({
    shared: { labels: { payer: 'OWN' } },
    each: [{ id: 1 }, { id: 2 }],
  });
});
