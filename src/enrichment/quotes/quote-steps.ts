import type { Credential } from '../../connections/choose-credential.js';
import type { Problem } from '../../errors.js';
import type { KnownRecord, KnownRecordQuery } from '../../ledger/known-records.js';
import type { RecordField } from '../../providers/provider.js';
import type { Provider } from '../../providers/catalogue.js';
import type { ResolvedStep, Steps } from '../resolve-waterfall.js';
import type { AccountHealth } from '../../providers/circuit-breaker.js';
import { explainSkip } from '../explain-refusal.js';
import { type Merged, mergeRecords, sourcesOf } from '../merge-records.js';
import type { Prospect } from './quote-cost.js';
import type { QuoteStep } from './quote-shape.js';
import type { ProviderQuery, ResolvedLookup } from '../resolved-lookup.js';

/** One step of one item, foreseen. */
export type Foreseen = {
  shown: QuoteStep;
  prospect: Prospect;
  presumed: boolean;
  /** Null where it cannot be asked as it stands. */
  credential: Credential | null;
};

export type Foresight = {
  workspaceId: string;
  providers: Readonly<Record<ResolvedStep['provider'], Provider>>;
  /** Who pays for each step, or why nobody does. */
  payers: readonly (Credential | Problem)[];
  healthOf: (accountId: string) => AccountHealth;
  findKnownRecords: (wanted: readonly KnownRecordQuery[]) => Promise<KnownRecord[]>;
};

/** One item on its way through the steps, with what is known of its record for certain. */
type Course<Record> = {
  lookup: ResolvedLookup<Record>;
  foreseen: Foreseen[];
  known: Merged<Record> | null;
  /** Whether a step before may find something that cannot be foreseen, and go on. */
  mayLearn: boolean;
  over: boolean;
};

/** Plays the steps for all items at once, without asking anybody: one look into the ledger for each step. */
export const foreseeSteps = async <Record extends object>(
  foresight: Foresight,
  wishes: readonly ResolvedLookup<Record>[],
  steps: Steps,
): Promise<Foreseen[][]> => {
  const courses = wishes.map(
    (lookup): Course<Record> => ({ lookup, foreseen: [], known: null, mayLearn: false, over: false }),
  );
  for (const [index, step] of steps.entries()) {
    const going = courses.filter(({ over }) => !over);
    const payer = foresight.payers[index];
    if (payer === undefined) throw new Error('a step has no payer');
    const questions = going.map((course) => questionIn(foresight, course, step));
    const known = await lookUpAll(foresight, payer, questions);
    for (const [at, course] of going.entries()) {
      const query = questions[at];
      if (query === undefined) throw new Error('an item has no question');
      advance(foresight, course, {
        step,
        place: index + 1,
        payer,
        query,
        known: known.get(at) ?? unknown,
      });
    }
  }
  return courses.map(({ foreseen }) => foreseen);
};

type Asked<Record> = ProviderQuery<Record> | { problem: Problem };
const unknown: KnownRecord = { unlocked: false, body: null, presumed: false };

const questionIn = <Record extends object>(
  { providers }: Foresight,
  { lookup, known }: Course<Record>,
  { provider, require }: ResolvedStep,
): Asked<Record> =>
  lookup.queryFor(
    providers[provider],
    known?.record ?? null,
    lacksOf(lookup, known?.record ?? null, require),
  );

const lacksOf = <Record>(
  lookup: ResolvedLookup<Record>,
  record: Record | null,
  require: readonly RecordField[],
): readonly RecordField[] => (record === null ? require : lookup.missingFields(record, require));

/** What the ledger knows, by the place of the question. */
const lookUpAll = async <Record>(
  { workspaceId, findKnownRecords }: Foresight,
  payer: Credential | Problem,
  questions: readonly Asked<Record>[],
): Promise<ReadonlyMap<number, KnownRecord>> => {
  if (!('accountId' in payer)) return new Map();
  const { accountId } = payer;
  const wanted = questions.flatMap((query, at) => {
    if ('problem' in query) return [];
    const { lookupKey, variant, maxAgeSeconds } = query;
    return [{ at, look: { workspaceId, accountId, lookupKey, variant, maxAgeSeconds } }];
  });
  const known = await findKnownRecords(wanted.map(({ look }) => look));
  return new Map(wanted.map(({ at }, index) => [at, known[index] ?? unknown]));
};

const advance = <Record extends object>(
  foresight: Foresight,
  course: Course<Record>,
  here: {
    step: ResolvedStep;
    place: number;
    payer: Credential | Problem;
    query: Asked<Record>;
    known: KnownRecord;
  },
): void => {
  const { step, place, payer, query, known } = here;
  const provider = foresight.providers[step.provider];
  const credential = 'accountId' in payer ? payer : null;
  const shown: QuoteStep = {
    step: place,
    provider: step.provider,
    payer: credential === null ? null : { kind: credential.payer, connectionId: credential.connectionId },
    alreadyUnlocked: known.unlocked,
    fromSnapshot: false,
    minCredits: 0n,
    maxCredits: 0n,
    problem: null,
  };
  const pass = (problem: Problem): void => {
    course.foreseen.push({
      shown: { ...shown, problem },
      prospect: { kind: 'PASSED' },
      presumed: false,
      credential,
    });
  };
  if (!('accountId' in payer)) return pass(payer);
  // What cannot be looked up yet may be by what a step before finds.
  if ('problem' in query && !course.mayLearn) return pass(query.problem);

  const copy = 'problem' in query || known.body === null ? null : query.read(JSON.parse(known.body));
  if (copy !== null) {
    const theirs = { record: copy.record, provider: step.provider };
    course.known =
      course.known === null
        ? { record: copy.record, sources: () => sourcesOf(copy.record, step.provider) }
        : mergeRecords(course.known, theirs);
    course.over = course.lookup.missingFields(course.known.record, step.require).length === 0;
    const prospect: Prospect = course.over ? { kind: 'ENDS' } : { kind: 'PASSED' };
    course.foreseen.push({ shown: { ...shown, fromSnapshot: true }, prospect, presumed: false, credential });
    return;
  }
  const isFree = provider.refetchIsFree && (known.unlocked || known.presumed);
  const offer = course.lookup.operation === 'COMPANY' ? provider.company : provider.person;
  const range = isFree
    ? { minCredits: 0n, maxCredits: 0n }
    : { minCredits: offer.price.minCredits, maxCredits: offer.price.maxCredits };
  const mayGoOn = lacksOf(course.lookup, course.known?.record ?? null, step.require).length > 0;
  course.mayLearn ||= mayGoOn;
  const health = foresight.healthOf(payer.accountId);
  course.foreseen.push({
    shown: { ...shown, ...range, problem: health.state === 'OPEN' ? explainSkip(provider, health) : null },
    prospect: { kind: 'ASKED', mayGoOn, ...range },
    presumed: known.presumed,
    credential,
  });
};
