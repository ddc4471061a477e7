import type {
  CreditRange,
  QuoteItem as ItemShape,
  QuoteShare as ShareShape,
  QuoteStatus as Status,
  QuoteStep as StepShape,
  Quote as QuoteShape,
  QuoteBudget as BudgetShape,
  QuoteChecks as FitsShape,
} from '../enrichment/quotes/quote-shape.js';
import { toPublicId } from '../access/public-ids.js';
import { builder } from './builder.js';
import { withProviderId } from './record-id.js';
import { toInt } from './scalars.js';
import { Operation, ProviderName } from './enums.js';
import { Problem } from './problem.js';
import { Payer } from './receipt.js';
import { LookupOptions, readLookupOptions } from './lookup-options.js';
import { BudgetMode } from './budget.js';
import { CompanyKey } from './company.js';
import { PersonKey } from './person.js';

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
    registrableDomain: t.exposeString('registrableDomain', {
      description:
        'The registrable domain that it would look up, if the subdomain that was given is not found; null otherwise.',
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

const QuoteBudget = builder.objectRef<BudgetShape>('QuoteBudget').implement({
  description: 'A budget that applies to the quoted lookups.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with bud_.',
      resolve: ({ id }) => toPublicId('budget', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'The display name.' }),
    mode: t.expose('mode', {
      type: BudgetMode,
      nullable: false,
      description: 'The action at the limit. SOFT budgets refuse nothing.',
    }),
    remaining: t.int({
      nullable: false,
      description: 'The remaining credits.',
      resolve: ({ remaining }) => toInt(remaining),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The most that the quoted lookups could spend of it.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
    allowed: t.exposeBoolean('allowed', {
      nullable: false,
      description: 'Whether it allows the maximum price.',
    }),
  }),
});

export const QuoteChecks = builder.objectRef<FitsShape>('QuoteChecks').implement({
  description: 'Whether budgets, limits and balances allow the maximum price.',
  fields: (t) => ({
    budgets: t.expose('budgets', {
      type: [QuoteBudget],
      nullable: false,
      description: 'The budgets that apply.',
    }),
    maxCredits: t.exposeBoolean('maxCredits', {
      nullable: false,
      description: 'Whether maxCredits and X-Max-Credits allow it; true if neither is given.',
    }),
    balance: t.exposeBoolean('balance', {
      description: 'Whether the estimated balances suffice; null if a balance is unknown.',
    }),
    allowed: t.exposeBoolean('allowed', { nullable: false, description: 'Whether all checks pass.' }),
    reasons: t.exposeStringList('reasons', { nullable: false, description: 'Why checks fail, for people.' }),
  }),
});

type Types = typeof builder.$inferSchemaTypes;

/** The fields of a quote of a whole list, whose `items` are named so in the descriptions. */
export const priceFields = <Shape extends Omit<QuoteShape, 'items'>>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>,
  items: 'Items' | 'Rows',
) => ({
  duplicates: t.int({
    nullable: false,
    description: `${items} with the identifier of an earlier one.`,
    resolve: ({ duplicates }) => duplicates,
  }),
  invalid: t.int({
    nullable: false,
    description: `${items} that would be refused.`,
    resolve: ({ invalid }) => invalid,
  }),
  unlocked: t.int({
    nullable: false,
    description: `${items} whose record is unlocked.`,
    resolve: ({ unlocked }) => unlocked,
  }),
  minCredits: t.int({
    nullable: false,
    description: `The minimum price if all are found. ${items} that are not found cost less.`,
    resolve: minCredits,
  }),
  maxCredits: t.int({ nullable: false, description: 'The maximum price.', resolve: maxCredits }),
  perProvider: t.field({
    type: [QuoteShare],
    nullable: false,
    description: 'The price by provider and payer.',
    resolve: ({ perProvider }) => [...perProvider],
  }),
  checks: t.field({
    type: QuoteChecks,
    nullable: false,
    description: 'Whether budgets, limits and balances allowed the maximum price when the quote was made.',
    resolve: ({ checks }) => checks,
  }),
});

const Quote = builder.objectRef<QuoteShape>('Quote').implement({
  description: 'The price of a list of lookups. No provider is called and nothing is reserved or spent.',
  fields: (t) => ({
    items: t.expose('items', {
      type: [QuoteItem],
      nullable: false,
      description: 'The companies, then the people, each in the order given.',
    }),
    ...priceFields(t, 'Items'),
  }),
});

builder.queryField('quote', (t) =>
  t.field({
    type: Quote,
    nullable: false,
    description: 'Returns the price of lookups and whether they would be allowed. Spends nothing.',
    args: {
      companies: t.arg({ type: [CompanyKey], description: 'Keys as for `companies`.' }),
      people: t.arg({ type: [PersonKey], description: 'Keys as for `people`.' }),
      options: t.arg({ type: LookupOptions, description: 'Options as for the lookups.' }),
    },
    resolve: (_root, { companies, people, options }, { app, lookupRequest }) =>
      app.quote(
        lookupRequest,
        {
          companies: (companies ?? []).map(withProviderId),
          people: (people ?? []).map(withProviderId),
        },
        readLookupOptions(options),
      ),
  }),
);
