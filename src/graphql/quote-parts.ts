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
  description: 'The status of a quoted item.',
  values: {
    UNLOCKED: { description: 'The record is unlocked.' },
    NEW: { description: 'The record is not unlocked.' },
    DUPLICATE: { description: 'It has the same key as an earlier item and is looked up once.' },
    INVALID: { description: 'It would be refused; its problem says why.' },
    PRESUMED: { description: 'It has a presumed charge; looking it up settles the charge.' },
  } satisfies Record<Status, { description: string }>,
});

const minCredits = (range: CreditRange): number => toInt(range.minCredits);
const maxCredits = (range: CreditRange): number => toInt(range.maxCredits);

const QuoteStep = builder.objectRef<StepShape>('QuoteStep').implement({
  description: 'One step of an item, with its price if it is reached and finds the record.',
  fields: (t) => ({
    step: t.exposeInt('step', { nullable: false, description: 'The step of the waterfall, from 1.' }),
    provider: t.expose('provider', {
      type: ProviderName,
      nullable: false,
      description: 'The provider.',
    }),
    payer: t.expose('payer', {
      type: Payer,
      nullable: true,
      description: 'Who would pay; null if the step would be refused before the payer is resolved.',
    }),
    minCredits: t.int({ nullable: false, description: 'The minimum price.', resolve: minCredits }),
    maxCredits: t.int({ nullable: false, description: 'The maximum price.', resolve: maxCredits }),
    alreadyUnlocked: t.exposeBoolean('alreadyUnlocked', {
      nullable: false,
      description: 'Whether the account has unlocked the record.',
    }),
    fromSnapshot: t.exposeBoolean('fromSnapshot', {
      nullable: false,
      description: 'Whether a cached snapshot would be served.',
    }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'Why the step would be skipped; null if it would run.',
    }),
  }),
});

export const QuoteItem = builder.objectRef<ItemShape>('QuoteItem').implement({
  description: 'The price of one lookup.',
  fields: (t) => ({
    operation: t.field({
      type: Operation,
      nullable: false,
      description: 'COMPANY or PERSON.',
      resolve: ({ operation }) => operation,
    }),
    key: t.field({
      type: 'JSON',
      nullable: false,
      description: 'The key, as given.',
      resolve: ({ key }) => key,
    }),
    status: t.expose('status', {
      type: QuoteStatus,
      nullable: false,
      description: 'The status of the item.',
    }),
    problem: t.expose('problem', {
      type: Problem,
      nullable: true,
      description: 'Why it would be refused; null unless the status is INVALID.',
    }),
    minCredits: t.int({
      nullable: false,
      description: 'The minimum price if it is found.',
      resolve: minCredits,
    }),
    maxCredits: t.int({ nullable: false, description: 'The maximum price.', resolve: maxCredits }),
    steps: t.expose('steps', {
      type: [QuoteStep],
      nullable: false,
      description: 'The steps, in order; empty for duplicates and invalid items.',
    }),
  }),
});

export const QuoteShare = builder.objectRef<ShareShape>('QuoteShare').implement({
  description: 'The price of all items at one provider for one payer.',
  fields: (t) => ({
    provider: t.expose('provider', { type: ProviderName, nullable: false, description: 'The provider.' }),
    payer: t.expose('payer', { type: Payer, nullable: false, description: 'The payer.' }),
    minCredits: t.int({ nullable: false, description: 'The minimum price.', resolve: minCredits }),
    maxCredits: t.int({ nullable: false, description: 'The maximum price.', resolve: maxCredits }),
  }),
});
