import { expect, it } from 'vitest';
import { auditActions } from '../../src/access/audit-log.js';
import { readDocument, tableRowsIn } from './read-docs.js';

/** The actions of a cell: the first in full, and others of its noun as `.verb`. */
const actionsIn = (cell: string): string[] => {
  let noun = '';
  return [...cell.matchAll(/`([A-Za-z]*)\.([A-Za-z]+)`/g)].map(([, written = '', verb = '']) => {
    noun = written === '' ? noun : written;
    return `${noun}.${verb}`;
  });
};

it('lists every action of the audit log in docs/audit-log.md, and no other', () => {
  const section = readDocument('docs/audit-log.md').split('## What is recorded')[1]?.split('\n## ')[0] ?? '';
  const documented = tableRowsIn(section)
    .slice(1)
    .flatMap(([cell = '']) => actionsIn(cell));
  expect(documented.toSorted()).toEqual([...auditActions].toSorted());
});
