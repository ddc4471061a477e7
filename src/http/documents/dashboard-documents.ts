import { createHash } from 'node:crypto';
import * as alerts from '../../dashboard/operations/alerts.js';
import * as balances from '../../dashboard/operations/balances.js';
import * as budgets from '../../dashboard/operations/budgets.js';
import * as connections from '../../dashboard/operations/connections.js';
import * as entries from '../../dashboard/operations/entries.js';
import * as providers from '../../dashboard/operations/providers-usage.js';
import * as receipt from '../../dashboard/operations/receipt.js';
import * as summary from '../../dashboard/operations/summary.js';
import * as usage from '../../dashboard/operations/usage.js';
import * as viewer from '../../dashboard/operations/viewer.js';
import type { ListedDocument } from './read-documents-file.js';

/** The most accounts that the dashboard reads: it asks for one page of connections. */
const accountsMax = 100;

/** Every document that the dashboard sends, with all that it makes from parameters: they are listed in the mode allowlist. */
export const dashboardDocuments = (): ListedDocument[] =>
  texts().map((text) => ({ id: createHash('sha256').update(text).digest('hex'), text }));

const texts = (): string[] => [
  ...[alerts, balances, budgets, connections, entries, providers, receipt, summary, usage, viewer]
    .flatMap((module): unknown[] => Object.values(module))
    .filter(isOperation)
    .map(({ text }) => text),
  ...['HOUR', 'DAY', 'WEEK', 'MONTH'].map((unit) => usage.creditsOverTime(unit).text),
  ...Array.from({ length: accountsMax + 1 }, (_, count) => balances.balancesOf(count).text),
];

const isOperation = (value: unknown): value is { text: string } =>
  typeof value === 'object' && value !== null && 'text' in value;
