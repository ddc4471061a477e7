import type { Reading, ReadingSource } from '../balances/balance.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { listType } from './list.js';
import { toPublicId } from '../platform/public-ids.js';

const BalanceSource = builder.enumType('BalanceSource', {
  description: 'The source of a reading.',
  values: {
    RECORDED: { description: 'A person recorded it.' },
    REPORTED: { description: 'The provider reported it.' },
    OUT_OF_CREDITS: { description: 'The provider refused a call because no credits were left.' },
  } satisfies Record<ReadingSource, { description: string }>,
});

export const BalanceReading = builder.objectRef<Reading>('BalanceReading').implement({
  description: 'The balance of an account at one instant.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with brd_.',
      resolve: ({ id }) => toPublicId('reading', id),
    }),
    observedAt: t.expose('at', {
      type: 'DateTime',
      nullable: false,
      description: 'When the balance was observed.',
    }),
    credits: t.int({
      nullable: false,
      description: 'The remaining credits.',
      resolve: ({ credits }) => toInt(credits),
    }),
    source: t.expose('source', {
      type: BalanceSource,
      nullable: false,
      description: 'The source of the reading.',
    }),
  }),
});

export const BalanceReadingConnection = listType('BalanceReading', BalanceReading, 'readings');
