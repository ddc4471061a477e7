import type { ResolvedCredential } from '../../connections/resolve-credential.js';
import type { Problem } from '../../errors.js';
import type { KnownRecord, KnownRecordQuery } from '../../ledger/known-records.js';
import type { Provider } from '../../providers/catalogue.js';
import type { AccountHealth } from '../../providers/circuits.js';
import type { RecordField } from '../../providers/provider.js';
import { explainSkip } from '../explain.js';
import { type Merged, mergeRecords } from '../merge-records.js';
import { partOf, type ProviderQuery, type ResolvedLookup } from '../resolve-lookup.js';
import type { ResolvedStep, Steps } from '../resolve-waterfall.js';
import type { StepForecast } from './quote-cost.js';
import type { QuoteStep } from './quote-shape.js';

/** One quoted step of one item. */
export type QuotedStep = {
  shown: QuoteStep;
  forecast: StepForecast;
  presumed: boolean;
  /** Null where no payer could be resolved. */
  credential: ResolvedCredential | null;
};

type QuoteContext = {
  workspaceId: string;
  providers: Readonly<Record<ResolvedStep['provider'], Provider>>;
  /** The payer of each step, or why it has none. */
  payers: readonly (ResolvedCredential | Problem)[];
  healthOf: (accountId: string) => AccountHealth;
  findKnownRecords: (wanted: readonly KnownRecordQuery[]) => Promise<KnownRecord[]>;
  /** Whether a miss of a subdomain is followed by its registrable domain. */
  registrableDomainOnMiss: boolean;
  /**
   * False: a snapshot is not read where the step requires no fields, for lists so long that reading would be most of the
   * work. That it can be read is then taken for granted.
   */
  readsSnapshots: boolean;
};

/** The progress of one item through the steps, with the part of its record that is known for certain. */
type Progress<Record> = {
  lookup: ResolvedLookup<Record>;
  quoted: QuotedStep[];
  known: Merged<Record> | null;
  /** Whether an earlier step may find a record without all required fields, whose identifiers later steps could use. */
  mayLearnMore: boolean;
  isDone: boolean;
  /** The registrable domain that is looked up now. */
  registrableDomain: string | null;
};

type Query<Record> = ProviderQuery<Record> | { problem: Problem };

/** Quotes the steps of all items without calling a provider: one read of the ledger for each step. */
export const quoteSteps = async <Record extends object>(
  context: QuoteContext,
  lookups: readonly ResolvedLookup<Record>[],
  steps: Steps,
): Promise<QuotedStep[][]> => {
  const all = lookups.map(
    (lookup): Progress<Record> => ({
      lookup,
      quoted: [],
      known: null,
      mayLearnMore: false,
      isDone: false,
      registrableDomain: null,
    }),
  );
  await quotePass(context, all, steps);
  if (context.registrableDomainOnMiss) {
    const mayMiss = all.filter(
      ({ isDone, known, lookup }) => !isDone && known === null && lookup.registrable !== null,
    );
    for (const item of mayMiss) {
      item.registrableDomain = item.lookup.registrable?.domain ?? null;
      item.lookup = item.lookup.registrable?.lookup() ?? item.lookup;
      item.mayLearnMore = false;
    }
    await quotePass(context, mayMiss, steps);
  }
  return all.map(({ quoted }) => quoted);
};

/** Quotes each step of the items that are not done. */
const quotePass = async <Record extends object>(
  context: QuoteContext,
  items: readonly Progress<Record>[],
  steps: Steps,
): Promise<void> => {
  for (const [index, step] of steps.entries()) {
    const open = items.filter(({ isDone }) => !isDone);
    const payer = context.payers[index];
    if (payer === undefined) throw new Error('a step has no payer');
    const queries = open.map((item) => queryOf(context, item, step));
    const withBody = context.readsSnapshots || step.require.length > 0;
    const known = await readKnown(context, payer, queries, withBody);
    for (const [at, item] of open.entries()) {
      const query = queries[at];
      if (query === undefined) throw new Error('an item has no query');
      const ledger = known.get(at) ?? unknown;
      advance(context, item, { step, position: item.quoted.length + 1, payer, query, ledger });
    }
  }
};

const unknown: KnownRecord = { unlocked: false, hasSnapshot: false, body: null, presumed: false };

const queryOf = <Record extends object>(
  { providers }: QuoteContext,
  item: Progress<Record>,
  { provider, require }: ResolvedStep,
): Query<Record> =>
  item.lookup.queryFor(providers[provider], item.known?.record ?? null, missingIn(item, require));

const missingIn = <Record>(
  { lookup, known }: Progress<Record>,
  require: readonly RecordField[],
): readonly RecordField[] => (known === null ? require : lookup.missingFields(known.record, require));

/** What the ledger knows, by the index of the query. */
const readKnown = async <Record>(
  { workspaceId, findKnownRecords }: QuoteContext,
  payer: ResolvedCredential | Problem,
  queries: readonly Query<Record>[],
  withBody: boolean,
): Promise<ReadonlyMap<number, KnownRecord>> => {
  if (!('accountId' in payer)) return new Map();
  const { accountId } = payer;
  const wanted = queries.flatMap((query, at) => {
    if ('problem' in query) return [];
    const { lookupKey, variant, maxAgeSeconds } = query;
    return [{ at, look: { workspaceId, accountId, lookupKey, variant, maxAgeSeconds, withBody } }];
  });
  const known = await findKnownRecords(wanted.map(({ look }) => look));
  return new Map(wanted.map(({ at }, index) => [at, known[index] ?? unknown]));
};

const advance = <Record extends object>(
  { providers, healthOf }: QuoteContext,
  item: Progress<Record>,
  {
    step,
    position,
    payer,
    query,
    ledger,
  }: {
    step: ResolvedStep;
    position: number;
    payer: ResolvedCredential | Problem;
    query: Query<Record>;
    ledger: KnownRecord;
  },
): void => {
  const provider = providers[step.provider];
  const credential = 'accountId' in payer ? payer : null;
  const add = (shown: Partial<QuoteStep>, forecast: StepForecast, presumed: boolean = false): void => {
    item.quoted.push({
      shown: {
        step: position,
        provider: step.provider,
        payer: credential === null ? null : { kind: credential.payer, connectionId: credential.connectionId },
        alreadyUnlocked: ledger.unlocked,
        fromSnapshot: false,
        minCredits: 0n,
        maxCredits: 0n,
        problem: null,
        registrableDomain: item.registrableDomain,
        ...shown,
      },
      forecast,
      presumed,
      credential,
    });
  };
  if (!('accountId' in payer)) return add({ problem: payer }, { kind: 'SKIPPED' });
  // An earlier step may find an identifier that this provider looks up by.
  if ('problem' in query && !item.mayLearnMore) return add({ problem: query.problem }, { kind: 'SKIPPED' });

  if (ledger.hasSnapshot && ledger.body === null) {
    item.isDone = true;
    return add({ fromSnapshot: true }, { kind: 'FINAL' });
  }
  const record =
    'problem' in query || ledger.body === null ? null : (query.read(JSON.parse(ledger.body))?.record ?? null);
  if (!('problem' in query) && record !== null) {
    item.known = mergeRecords(item.known, { record, provider: step.provider, part: partOf(query, record) });
    item.isDone = item.lookup.missingFields(item.known.record, step.require).length === 0;
    return add({ fromSnapshot: true }, { kind: item.isDone ? 'FINAL' : 'SKIPPED' });
  }
  const isFree = provider.refetchIsFree && (ledger.unlocked || ledger.presumed);
  const { price } = item.lookup.operation === 'COMPANY' ? provider.company : provider.person;
  const mayFindAnother = !('problem' in query) && query.looksUpAgain && !ledger.presumed;
  const range = {
    minCredits: isFree ? 0n : price.minCredits,
    maxCredits: isFree && !mayFindAnother ? 0n : price.maxCredits,
  };
  const mayContinue = missingIn(item, step.require).length > 0;
  item.mayLearnMore ||= mayContinue;
  const health = healthOf(payer.accountId);
  const problem = health.state === 'OPEN' ? explainSkip(provider, health) : null;
  add({ ...range, problem }, { kind: 'CALLED', mayContinue, ...range }, ledger.presumed);
};
