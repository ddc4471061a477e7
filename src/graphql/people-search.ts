import type { Receipt as ReceiptShape } from '../enrichment/lookup-result.js';
import type { Problem as ProblemShape } from '../errors.js';
import type { Outcome as OutcomeName } from '../ledger/types.js';
import { cursorsOf } from '../platform/page.js';
import type { FoundPerson as FoundPersonShape } from '../providers/records.js';
import { fromPublicId } from '../access/public-ids.js';
import { builder } from './builder.js';
import { providerIdIn } from './record-id.js';
import { Country, known } from './enums.js';
import { type ListShape, listType, pageOfArguments } from './list.js';
import { Problem } from './problem.js';
import { Outcome, Receipt } from './receipt.js';

// The ids are Firmable's, from the documentation of POST /people/search.

export const Seniority = builder.enumType('Seniority', {
  description: 'A level of seniority.',
  values: {
    BOARD_MEMBER: { value: 1, description: 'Board member or company director.' },
    OWNER: { value: 2, description: 'Owner or founder.' },
    C_SUITE: { value: 3, description: 'C-suite or partner.' },
    DIRECTOR: { value: 4, description: 'Vice president, director or head of something.' },
    MANAGER: { value: 5, description: 'Manager.' },
    OTHER: { value: 6, description: 'Any other level.' },
    NO_DATA: { value: 7, description: 'The level is not known.' },
  },
});

export const Department = builder.enumType('Department', {
  description: 'A department.',
  values: {
    GENERAL_MANAGEMENT: { value: 1, description: 'General management.' },
    SALES: { value: 2, description: 'Sales.' },
    TRADES: { value: 3, description: 'Trades.' },
    OPERATIONS: { value: 4, description: 'Operations.' },
    ENGINEERING_AND_TECHNICAL: { value: 5, description: 'Engineering and technical.' },
    HUMAN_RESOURCES: { value: 6, description: 'Human resources.' },
    CUSTOMER_SERVICE: { value: 7, description: 'Customer service.' },
    MEDICINE_AND_HEALTHCARE: { value: 8, description: 'Medicine and healthcare.' },
    RESEARCH_AND_ANALYSIS: { value: 9, description: 'Research and analysis.' },
    LEGAL: { value: 10, description: 'Legal.' },
    MARKETING: { value: 11, description: 'Marketing.' },
    EDUCATION_AND_TRAINING: { value: 12, description: 'Education and training.' },
    CONSULTING: { value: 13, description: 'Consulting.' },
    FINANCE: { value: 14, description: 'Finance.' },
    PRODUCT: { value: 15, description: 'Product.' },
    OTHER: { value: 16, description: 'Any other department.' },
    NO_DATA: { value: 17, description: 'The department is not known.' },
  },
});

export const toSeniority = known('seniority', [1, 2, 3, 4, 5, 6, 7] as const);
export const toDepartment = known('department', [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
] as const);

export const FoundPerson = builder.objectRef<FoundPersonShape>('FoundPerson').implement({
  description:
    'A person found by a search, without contact data. Look up `person(by: {id})` to unlock the record.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "The provider's own id, for `person(by: {id})`." }),
    position: t.exposeString('position', { description: 'Their position.' }),
    companyName: t.exposeString('companyName', { description: 'The name of the employer.' }),
    linkedin: t.exposeString('linkedin', { description: 'Their LinkedIn handle.' }),
    hasEmail: t.exposeBoolean('hasEmail', { description: 'Whether a work e-mail address is known.' }),
    hasPersonalEmail: t.exposeBoolean('hasPersonalEmail', {
      description: 'Whether a personal e-mail address is known.',
    }),
    hasPhone: t.exposeBoolean('hasPhone', { description: 'Whether a phone number is known.' }),
    hasDoNotCallPhone: t.exposeBoolean('hasDoNotCallPhone', {
      description: 'Whether one of the numbers is on the Do Not Call Register.',
    }),
    hasMobile: t.exposeBoolean('hasMobile', { description: 'Whether a mobile number is known.' }),
  }),
});

type Found = ListShape<FoundPersonShape> & {
  outcome: OutcomeName;
  problem: ProblemShape | null;
  receipt: ReceiptShape;
};

const PeopleSearchConnection = listType<FoundPersonShape, Found>('PeopleSearch', FoundPerson, 'people found');

builder.objectFields(PeopleSearchConnection, (t) => ({
  outcome: t.field({
    type: Outcome,
    nullable: false,
    description: 'The outcome of the search.',
    resolve: (list) => list.outcome,
  }),
  receipt: t.field({
    type: Receipt,
    nullable: false,
    description: 'The receipt. Searches are free.',
    resolve: (list) => list.receipt,
  }),
  problem: t.field({
    type: Problem,
    description: 'Why there is no page; null if there is one.',
    resolve: (list) => list.problem,
  }),
}));

const PeopleFilter = builder.inputType('PeopleFilter', {
  description: 'Selects people. All fields are optional.',
  fields: (t) => ({
    position: t.string({ description: 'Words of the position, such as "sales director".' }),
    seniority: t.field({ type: Seniority, description: 'The level of seniority.' }),
    department: t.field({ type: Department, description: 'The department.' }),
    country: t.field({ type: Country, description: 'The country; AU if omitted.' }),
  }),
});

/**
 * The provider pages the list by number: the cursor of a person has the zero-based offset, which means nothing in the
 * results of another search. So each search is a list of its own.
 */
const cursorsOfSearch = (search: { companyId: string; filter: object }) =>
  cursorsOf(`searchPeople:${JSON.stringify(search)}`, [/^\d{1,8}$/]);

builder.queryField('searchPeople', (t) =>
  t.field({
    type: PeopleSearchConnection,
    nullable: false,
    description: 'Searches the people of a company. Returns no contact data. Free, including further pages.',
    args: {
      companyId: t.arg.id({ required: true, description: "The company's own id, such as f000000117274." }),
      filter: t.arg({ type: PeopleFilter, description: 'Selects people.' }),
      connection: t.arg.id({
        description: 'The connection to search with; the default connection if omitted.',
      }),
      first: t.arg.int({ defaultValue: 25, description: 'The page size, 1 to 100.' }),
      after: t.arg.string({ description: 'Returns the items after this cursor.' }),
    },
    resolve: async (_root, args, { app, lookupRequest }): Promise<Found> => {
      const search = {
        companyId: providerIdIn(args.companyId),
        filter: {
          country: args.filter?.country ?? null,
          position: args.filter?.position ?? null,
          seniority: args.filter?.seniority ?? null,
          department: args.filter?.department ?? null,
        },
      };
      const cursors = cursorsOfSearch(search);
      const { first, position } = cursors.readPage(pageOfArguments(args, 25));
      const offset = position === null ? 0 : Number(position[0]) + 1;
      const { people, seen, total, outcome, receipt, problem } = await app.searchPeople(lookupRequest, {
        ...search,
        connectionId:
          typeof args.connection === 'string' ? fromPublicId('connection', args.connection) : null,
        first,
        offset,
      });
      return {
        items: people,
        // The last cursor stands for the whole page, so that unreadable rows are not requested again.
        cursors: people.map((_person, index) =>
          cursors.make([String(offset + (index === people.length - 1 ? seen - 1 : index))]),
        ),
        hasNextPage: people.length > 0 && offset + seen < total,
        hasPreviousPage: offset > 0,
        totalCount: () => Promise.resolve(outcome === 'FOUND' ? total : null),
        outcome,
        receipt,
        problem,
      };
    },
  }),
);
