import type {
  CreditRange,
  QuoteItem as ItemShape,
  QuoteShare as ShareShape,
  QuoteStatus as Status,
  QuoteStep as StepShape,
} from '../enrichment/quotes/quote-shape.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { Operation, ProviderName } from './enums.js';
import { Problem } from './problem.js';
import { Payer } from './receipt.js';

const QuoteStatus = builder.enumType('QuoteStatus', {
  description: 'What is known of an item before it is asked for.',
  values: {
    UNLOCKED: { description: 'It is ours already.' },
    NEW: { description: 'It is not.' },
    DUPLICATE: { description: 'It is another spelling of an earlier item, and one ask with it.' },
    INVALID: { description: 'It would be refused as it stands: its problem says why.' },
    PRESUMED: { description: 'It may have been charged for already; asking for it settles that.' },
  } satisfies Record<Status, { description: string }>,
});

const minCredits = (range: CreditRange): number => toInt(range.minCredits);
const maxCredits = (range: CreditRange): number => toInt(range.maxCredits);

const QuoteStep = builder.objectRef<StepShape>('QuoteStep').implement({
  description: 'One step of an item: what it costs where it is reached and finds.',
  fields: (t) => ({
    step: t.exposeInt('step', { nullable: false, description: 'Which step of the waterfall, from 1.' }),
    provider: t.expose('provider', {
      type: ProviderName,
      nullable: false,
      description: 'Who would be asked.',
    }),
    payer: t.expose('payer', {
      type: Payer,
      nullable: true,
      description: 'Who would pay; null where it would be turned away before that is decided.',
    }),
    minCredits: t.int({ nullable: false, description: 'The least that it costs.', resolve: minCredits }),
    maxCredits: t.int({ nullable: false, description: 'The most that it costs.', resolve: maxCredits }),
    alreadyUnlocked: t.exposeBoolean('alreadyUnlocked', {
      nullable: false,
      description: 'Whether that account has bought it.',
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether a kept copy would answer.',
    }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'Why it would be passed over; null where it would be tried.',
    }),
  }),
});

export const QuoteItem = builder.objectRef<ItemShape>('QuoteItem').implement({
  description: 'What one ask would cost.',
  fields: (t) => ({
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'Whether a company or a person.',
      resolve: ({ operation }) => operation,
    }),
    key: t.field({
      type: 'JSON',
      nullable: false,
      description: 'The key as it was given.',
      resolve: ({ key }) => key,
    }),
    status: t.expose('status', { type: QuoteStatus, nullable: false, description: 'What is known of it.' }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'What is wrong with it; null unless it is INVALID.',
    }),
    minCredits: t.int({
      nullable: false,
      description: 'The least that it costs if it is found.',
      resolve: minCredits,
    }),
    maxCredits: t.int({ nullable: false, description: 'The most that it can cost.', resolve: maxCredits }),
    steps: t.expose('steps', {
      type: [QuoteStep],
      nullable: false,
      description: 'Whom it would be asked of, in order; empty for duplicates and nonsense.',
    }),
  }),
});

export const QuoteShare = builder.objectRef<ShareShape>('QuoteShare').implement({
  description: 'All that one provider could charge to one payer.',
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderName, nullable: false, description: 'Who charges.' }),
    payer: t.expose('payer', { type: Payer, nullable: false, description: 'Who pays.' }),
    minCredits: t.int({ nullable: false, description: 'The least.', resolve: minCredits }),
    maxCredits: t.int({ nullable: false, description: 'The most.', resolve: maxCredits }),
  }),
});
