import type {
  Quote as QuoteShape,
  QuoteBudget as BudgetShape,
  QuoteChecks as FitsShape,
} from '../enrichment/quotes/quote-shape.js';
import { LookupOptions, readLookupOptions } from './lookup-options.js';
import { BudgetMode } from './budget-enums.js';
import { builder } from './builder.js';
import { CompanyKey } from './company.js';
import { toInt } from './credits.js';
import { PersonKey } from './person.js';
import { toPublicId } from '../platform/public-ids.js';
import { QuoteItem, QuoteShare } from './quote-parts.js';

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

const QuoteChecks = builder.objectRef<FitsShape>('QuoteChecks').implement({
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

const Quote = builder.objectRef<QuoteShape>('Quote').implement({
  description: 'The price of a list of lookups. No provider is called and nothing is reserved or spent.',
  fields: (t) => ({
    items: t.expose('items', {
      type: [QuoteItem],
      nullable: false,
      description: 'The companies, then the people, each in the order given.',
    }),
    duplicates: t.exposeInt('duplicates', {
      nullable: false,
      description: 'The number of items with the key of an earlier one.',
    }),
    invalid: t.exposeInt('invalid', {
      nullable: false,
      description: 'The number of items that would be refused.',
    }),
    unlocked: t.exposeInt('unlocked', {
      nullable: false,
      description: 'The number of items that are unlocked.',
    }),
    minCredits: t.int({
      nullable: false,
      description: 'The minimum price if all are found. Items that are not found cost less.',
      resolve: ({ minCredits }) => toInt(minCredits),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The maximum price.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
    perProvider: t.expose('perProvider', {
      type: [QuoteShare],
      nullable: false,
      description: 'The price by provider and payer.',
    }),
    checks: t.expose('checks', {
      type: QuoteChecks,
      nullable: false,
      description: 'Whether budgets, limits and balances allow the lookups.',
    }),
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
        { companies: companies ?? [], people: people ?? [] },
        readLookupOptions(options),
      ),
  }),
);
