import { expect, it } from 'vitest';
import { problem, type ProblemCode } from '../../src/errors.js';
import { decideOutcome } from '../../src/enrichment/run-waterfall.js';
import type { Outcome } from '../../src/ledger/types.js';

type End = { outcome: Outcome; problem: ReturnType<typeof problem> | null };

const ended = (outcome: Outcome, code: ProblemCode | null = null): End => ({
  outcome,
  problem: code === null ? null : problem(code, 'why'),
});
const found = ended('FOUND');
const miss = ended('NOT_FOUND');
const missForFields = ended('NOT_FOUND', 'FIELDS_MISSING');
const notCalled = ended('REFUSED', 'INVALID_IDENTIFIER');
const refused = ended('REFUSED', 'KEY_REFUSED');
const broken = ended('FAILED', 'PROVIDER_UNAVAILABLE');
const unknown = ended('UNKNOWN', 'PROVIDER_TIMEOUT');
const noLedger = ended('REFUSED', 'LEDGER_UNAVAILABLE');

const cases: [string, [End, ...End[]], number][] = [
  ['a record', [found], 0],
  ['the first record of several', [miss, found, found], 1],
  ['a record, though a later step is unknown', [found, unknown], 0],
  ['the end nobody knows', [miss, refused, unknown], 2],
  ['the ledger when it stopped the lookup', [refused, noLedger], 1],
  ['a miss of all', [miss, missForFields, miss], 2],
  ['a miss of every provider that could be called', [notCalled, miss, notCalled], 1],
  ['the trouble of who could not say, beside a miss', [miss, refused, miss], 1],
  ['the first trouble', [refused, ended('REFUSED', 'NO_CONNECTION')], 0],
  ['what passes by itself before what does not', [refused, miss, broken], 2],
  ['the first step when no provider could be called', [notCalled, notCalled], 0],
];

it.each(cases)('decides a lookup by %s', (_, ends, expected) => {
  expect(decideOutcome(ends)).toBe(expected);
});
