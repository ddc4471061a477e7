import type { Dimension } from './dimensions.js';

/** The file behind a panel. */
export type CsvReport = { name: 'usage' | 'chargeback'; groupBy: readonly Dimension[] } | { name: 'entries' };

/** A column as the export names it, its title, and whether it is chosen at first. */
export type CsvColumn = { name: string; title: string; isChosen: boolean };

/** The columns of a group in /export/usage. */
const groupColumns: Record<Dimension, readonly [name: string, title: string, isChosen: boolean][]> = {
  WORKFLOW: [['workflow', 'Workflow', true]],
  TOKEN: [
    ['tokenId', 'Id of the token', false],
    ['token', 'Token', true],
  ],
  CONNECTION: [
    ['connectionId', 'Id of the connection', false],
    ['connection', 'Connection', true],
  ],
  PROVIDER: [['provider', 'Provider', true]],
  OPERATION: [['operation', 'Operation', true]],
  OUTCOME: [['outcome', 'Outcome', true]],
  PAYER: [['payer', 'Payer', true]],
};

const sumColumns: readonly [name: string, title: string, isChosen: boolean][] = [
  ['lookups', 'Lookups', true],
  ['attempts', 'Attempts', false],
  ['found', 'Found', false],
  ['notFound', 'Not found', false],
  ['refused', 'Refused', false],
  ['failed', 'Failed', false],
  ['unknown', 'Unknown', false],
  ['fromSnapshot', 'From a cached snapshot', false],
  ['creditsCharged', 'Credits charged', true],
  ['creditsSaved', 'Credits saved', true],
  ['latencyP50Ms', 'Latency of half the calls (ms)', false],
  ['latencyP90Ms', 'Latency of 90 % of the calls (ms)', false],
  ['latencyP99Ms', 'Latency of 99 % of the calls (ms)', false],
];

const chargebackColumns: readonly [name: string, title: string, isChosen: boolean][] = [
  ['workflow', 'Workflow', true],
  ['lookups', 'Lookups', false],
  ['creditsCharged', 'Credits charged to it', true],
  ['chargebackCredits', 'Chargeback', true],
  ['chargebackShare', 'Exact share', false],
  ['chargebackRemainder', 'Rounding', false],
];

const entryColumns: readonly [name: string, title: string, isChosen: boolean][] = [
  ['id', 'Id', false],
  ['kind', 'Kind', false],
  ['occurredAt', 'Looked up', true],
  ['recordedAt', 'Recorded', false],
  ['correctsEntryId', 'Entry that it corrects', false],
  ['lookupId', 'Lookup', true],
  ['step', 'Step', false],
  ['operation', 'Operation', true],
  ['outcome', 'Outcome', true],
  ['charge', 'Charge', true],
  ['creditsCharged', 'Credits charged', true],
  ['creditsSaved', 'Credits saved', true],
  ['provider', 'Provider', true],
  ['connectionId', 'Id of the connection', false],
  ['connection', 'Connection', true],
  ['payer', 'Payer', false],
  ['tokenId', 'Id of the token', false],
  ['token', 'Token', true],
  ['workflow', 'Workflow', true],
  ['sandbox', 'Sandbox', false],
  ['fromSnapshot', 'From a cached snapshot', false],
  ['unlockId', 'Unlock', false],
  ['problem', 'Problem', false],
  ['latencyMs', 'Latency (ms)', false],
];

/** The columns that a file may have, in the order of the file. */
export const csvColumns = (report: CsvReport): CsvColumn[] => {
  const columns =
    report.name === 'entries'
      ? entryColumns
      : report.name === 'chargeback'
        ? chargebackColumns
        : [...report.groupBy.flatMap((dimension) => groupColumns[dimension]), ...sumColumns];
  return columns.map(([name, title, isChosen]) => ({ name, title, isChosen }));
};
