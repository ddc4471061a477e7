import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import * as alerts from '../../src/dashboard/operations/alerts.js';
import * as balances from '../../src/dashboard/operations/balances.js';
import * as budgets from '../../src/dashboard/operations/budgets.js';
import * as connections from '../../src/dashboard/operations/connections.js';
import * as entries from '../../src/dashboard/operations/entries.js';
import * as providers from '../../src/dashboard/operations/providers-usage.js';
import * as receipt from '../../src/dashboard/operations/receipt.js';
import * as summary from '../../src/dashboard/operations/summary.js';
import * as usage from '../../src/dashboard/operations/usage.js';
import * as viewer from '../../src/dashboard/operations/viewer.js';
import { createSchema } from '../../src/graphql/schema.js';
import { dashboardDocuments } from '../../src/http/documents/dashboard-documents.js';

type Written = { name: string; text: string };

const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && 'text' in value;

const operations: Written[] = [
  ...[alerts, balances, budgets, connections, entries, providers, receipt, summary, usage, viewer]
    .flatMap((module): unknown[] => Object.values(module))
    .filter(isWritten),
  ...['HOUR', 'DAY', 'WEEK', 'MONTH'].map(usage.creditsOverTime),
  balances.balancesOf(0),
  balances.balancesOf(3),
];

const schema = createSchema();

it.each(operations.map(({ name, text }) => [name, text]))('%s is valid against the API', (name, text) => {
  expect(validate(schema, parse(text))).toEqual([]);
  expect(text).toContain(` ${name}`);
});

it('finds all operations', () => {
  expect(operations.length).toBeGreaterThan(18);
});

it('is listed for the allowlist when a file of src/dashboard/operations has it', async () => {
  const listed = new Set(dashboardDocuments().map(({ text }) => text));
  const folder = path.resolve(import.meta.dirname, '../../src/dashboard/operations');
  const modules = await Promise.all(
    readdirSync(folder).map((file): Promise<Record<string, unknown>> => import(path.join(folder, file))),
  );
  const found = modules.flatMap((module) => Object.values(module)).filter(isWritten);
  expect(found.length).toBeGreaterThan(10);
  const missing = [...found, ...operations].filter(({ text }) => !listed.has(text));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
