import type { ResolvedCredential } from '../../connections/resolve-credential.js';
import { GatewayError, type Problem } from '../../errors.js';
import type { KnownRecord, KnownRecordQuery } from '../../ledger/known-records.js';
import type { EnrichmentDeps } from '../deps.js';
import type { CompanyKey, LookupOptions, LookupRequest, PersonKey } from '../lookup-request.js';
import type { CompanyRecord, PersonRecord } from '../../providers/records.js';
import { asProblem, lookupError } from '../refuse.js';
import { type ResolvedLookup, resolveCompanyLookup, resolvePersonLookup } from '../resolve-lookup.js';
import { resolveWaterfall, type Steps } from '../resolve-waterfall.js';
import { costOf } from './quote-cost.js';
import type { QuoteItem, QuoteStatus } from './quote-shape.js';
import { type QuotedStep, quoteSteps } from './quote-steps.js';
import type { RecordKind } from '../../providers/provider.js';

export type QuoteItemsDeps = EnrichmentDeps & {
  findKnownRecords: (wanted: readonly KnownRecordQuery[]) => Promise<KnownRecord[]>;
};

/** An item of a quote, with its steps and what they can do. */
export type QuotedItem = { item: QuoteItem; steps: readonly QuotedStep[] };

/** What the items of one quote share. `problem`: why none of them can be looked up. */
export type ItemQuoter = {
  problem: Problem | null;
  /** Quotes some items, in their order. `isDuplicate` is called once with the lookup key of each that is valid. */
  quote: (
    keys: readonly (CompanyKey | PersonKey)[],
    isDuplicate: (lookupKey: string) => boolean,
  ) => Promise<QuotedItem[]>;
};

/** Resolves the steps and payers of a quote once, for any number of items. Throws as `createQuote` documents it. */
export const openItemQuoter = async (
  deps: QuoteItemsDeps,
  request: LookupRequest,
  options: LookupOptions,
  { operation, readsSnapshots }: { operation: RecordKind; readsSnapshots: boolean },
): Promise<ItemQuoter> => {
  const steps = await resolveWaterfall(deps, request, options, operation).catch(lookupError);
  const unquoted = (key: CompanyKey | PersonKey, more: Partial<ItemFacts>): QuotedItem =>
    quotedItem({ operation, key, problem: null, isDuplicate: false, steps: [], ...more });
  if (steps instanceof GatewayError) {
    const problem = asProblem(steps);
    return { problem, quote: (keys) => Promise.resolve(keys.map((key) => unquoted(key, { problem }))) };
  }
  const context = {
    workspaceId: request.caller.workspaceId,
    providers: deps.providers,
    payers: await payersOf(deps, request, options, steps),
    healthOf: deps.breakers.healthOf,
    findKnownRecords: deps.findKnownRecords,
    registrableDomainOnMiss: options.registrableDomainOnMiss === true,
    readsSnapshots,
  };
  const quoteNew = async <Record extends object>(
    lookups: readonly ResolvedLookup<Record>[],
  ): Promise<readonly QuotedStep[][]> => quoteSteps(context, lookups, steps);

  return {
    problem: null,
    quote: async (keys, isDuplicate) => {
      const companies: ResolvedLookup<CompanyRecord>[] = [];
      const people: ResolvedLookup<PersonRecord>[] = [];
      const resolved = keys.map((key): ((quoted: Iterator<QuotedStep[]>) => QuotedItem) => {
        try {
          const company = operation === 'COMPANY' ? resolveCompanyLookup(deps, request, key, options) : null;
          const person = operation === 'PERSON' ? resolvePersonLookup(deps, request, key, options) : null;
          if (isDuplicate((company ?? person)?.lookupKey ?? ''))
            return () => unquoted(key, { isDuplicate: true });
          if (company !== null) companies.push(company);
          if (person !== null) people.push(person);
          return (quoted) => unquoted(key, { steps: quoted.next().value });
        } catch (error) {
          const problem = asProblem(lookupError(error));
          return () => unquoted(key, { problem });
        }
      });
      const quoted = (operation === 'COMPANY' ? await quoteNew(companies) : await quoteNew(people)).values();
      return resolved.map((toItem) => toItem(quoted));
    },
  };
};

type ItemFacts = Pick<QuoteItem, 'operation' | 'key'> & {
  /** Why the item has no steps. */
  problem: Problem | null;
  isDuplicate: boolean;
  steps: readonly QuotedStep[];
};

/** The payer of each step, or why it has none. */
const payersOf = (
  deps: QuoteItemsDeps,
  { caller, callerKeys }: LookupRequest,
  { payer = null }: LookupOptions,
  steps: Steps,
): Promise<(ResolvedCredential | Problem)[]> =>
  Promise.all(
    steps.map(async ({ provider, connectionId }) => {
      const callerKey = callerKeys[provider] ?? null;
      const credential = await deps
        .resolveCredential(caller, { provider, callerKey, connectionId, payer, peek: true })
        .catch(lookupError);
      if (!(credential instanceof GatewayError)) return credential;
      if (credential.code === 'LEDGER_UNAVAILABLE') throw credential;
      return asProblem(credential);
    }),
  );

const quotedItem = ({ operation, key, problem, isDuplicate, steps }: ItemFacts): QuotedItem => {
  const status = isDuplicate ? 'DUPLICATE' : problem === null ? statusOf(steps) : 'INVALID';
  const item: QuoteItem = {
    operation,
    key,
    status,
    problem: problem ?? (status === 'INVALID' ? (steps[0]?.shown.problem ?? null) : null),
    steps: steps.map(({ shown }) => shown),
    ...costOf(steps),
  };
  return { item, steps };
};

/** By the first step that is not skipped. */
const statusOf = (steps: readonly QuotedStep[]): QuoteStatus => {
  const first = steps.find(({ forecast, shown }) => forecast.kind !== 'SKIPPED' || shown.fromSnapshot);
  if (first === undefined) return 'INVALID';
  if (first.shown.alreadyUnlocked) return 'UNLOCKED';
  return first.presumed ? 'PRESUMED' : 'NEW';
};
