import type { Reading, ReadingSource } from '../balances/balance.js';
import { builder } from './builder.js';
import { toInt } from './credits.js';
import { listType } from './list.js';
import { toPublicId } from '../platform/public-ids.js';

const BalanceSource = builder.enumType('BalanceSource', {
  description: 'Who said what an account has left.',
  values: {
    RECORDED: { description: "A person read it off the provider's page." },
    REPORTED: { description: 'The provider said so itself.' },
    OUT_OF_CREDITS: { description: 'The provider refused an ask for want of credits.' },
  } satisfies Record<ReadingSource, { description: string }>,
});

export const BalanceReading = builder.objectRef<Reading>('BalanceReading').implement({
  description: 'What an account was said to have left at one instant.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Begins with brd_.',
      resolve: ({ id }) => toPublicId('reading', id),
    }),
    observedAt: t.expose('at', { type: 'DateTime', nullable: false, description: 'When it was so.' }),
    credits: t.int({
      nullable: false,
      description: 'What was left.',
      resolve: ({ credits }) => toInt(credits),
    }),
    source: t.expose('source', { type: BalanceSource, nullable: false, description: 'Who said so.' }),
  }),
});

export const BalanceReadingConnection = listType('BalanceReading', BalanceReading, 'readings');
