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
  description: 'A budget that these asks would count against.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with bud_.',
      resolve: ({ id }) => toPublicId('budget', id),
    }),
    name: t.exposeString('name', { nullable: false, description: 'As people call it.' }),
    mode: t.expose('mode', { type: BudgetMode, nullable: false, description: 'A SOFT one refuses nothing.' }),
    remaining: t.int({
      nullable: false,
      description: 'What is left of it now.',
      resolve: ({ remaining }) => toInt(remaining),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The most that these asks could take of it.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
    allowed: t.exposeBoolean('allowed', {
      nullable: false,
      description: 'Whether it lets them through at their most.',
    }),
  }),
});

const QuoteChecks = builder.objectRef<FitsShape>('QuoteChecks').implement({
  description: 'Whether everything that could refuse these asks allows the most that they can cost.',
  fields: (t) => ({
    budgets: t.expose('budgets', {
      type: [QuoteBudget],
      nullable: false,
      description: 'The budgets that they would count against.',
    }),
    maxCredits: t.exposeBoolean('maxCredits', {
      nullable: false,
      description: 'Whether maxCredits and X-Max-Credits allow it; true where neither is given.',
    }),
    balance: t.exposeBoolean('balance', {
      description: 'Whether the estimated balances suffice; null where one that matters is not known.',
    }),
    allowed: t.exposeBoolean('allowed', { nullable: false, description: 'Whether nothing refuses.' }),
    reasons: t.exposeStringList('reasons', { nullable: false, description: 'What would refuse, in words.' }),
  }),
});

const Quote = builder.objectRef<QuoteShape>('Quote').implement({
  description: 'What asks would cost. Nothing is asked, reserved or spent to learn it.',
  fields: (t) => ({
    items: t.expose('items', {
      type: [QuoteItem],
      nullable: false,
      description: 'The companies, then the people, each in the order given.',
    }),
    duplicates: t.exposeInt('duplicates', {
      nullable: false,
      description: 'Items that mean an earlier one.',
    }),
    invalid: t.exposeInt('invalid', { nullable: false, description: 'Items that would be refused.' }),
    unlocked: t.exposeInt('unlocked', { nullable: false, description: 'Items that are ours already.' }),
    minCredits: t.int({
      nullable: false,
      description: 'The least that all of them cost if all are found; what is not found costs less.',
      resolve: ({ minCredits }) => toInt(minCredits),
    }),
    maxCredits: t.int({
      nullable: false,
      description: 'The most that all of them can cost.',
      resolve: ({ maxCredits }) => toInt(maxCredits),
    }),
    perProvider: t.expose('perProvider', {
      type: [QuoteShare],
      nullable: false,
      description: 'The same by provider and payer.',
    }),
    checks: t.expose('checks', {
      type: QuoteChecks,
      nullable: false,
      description: 'Whether budgets, limits and balances allow it.',
    }),
  }),
});

builder.queryField('quote', (t) =>
  t.field({
    type: Quote,
    nullable: false,
    description: 'What these asks would cost, and whether they would be allowed. Spends nothing.',
    args: {
      companies: t.arg({ type: [CompanyKey], description: 'As for companies.' }),
      people: t.arg({ type: [PersonKey], description: 'As for people.' }),
      options: t.arg({ type: LookupOptions, description: 'As for the asks.' }),
    },
    resolve: (_root, { companies, people, options }, { app, lookupRequest }) =>
      app.quote(
        lookupRequest,
        { companies: companies ?? [], people: people ?? [] },
        readLookupOptions(options),
      ),
  }),
);
