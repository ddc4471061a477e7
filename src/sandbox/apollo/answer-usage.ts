import type { Reply } from '../reply.js';
import type { TestAccount } from './answer-enrich.js';

/**
 * `POST /usage_stats/credit_usage_stats` of a team on unified credits: `lead_credit` is the one pool, mobiles included,
 * so adding `direct_dial_credit` to it would count the same credits twice.
 */
export const answerUsage = ({ account, mobiles }: TestAccount, nowMs: number): Reply => {
  const { creditsUsed, creditsLeft } = account;
  const [month, next] = [0, 1].map((months) => {
    const now = new Date(nowMs);
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString();
  });
  return {
    status: 200,
    body: {
      credit_usage_stats: {
        lead_credit: usage(creditsUsed, creditsLeft),
        direct_dial_credit: usage(mobiles.creditsUsed, creditsLeft),
        ...Object.fromEntries(notIncluded.map((kind) => [kind, usage(0, 0)])),
        dialer: usage(0, 500),
      },
      current_credit_cycle: { start_date: month, end_date: next },
    },
  };
};

const notIncluded = [
  'export_credit',
  'conversation_credit',
  'ai_credit',
  'power_up_credit',
  'inbound_website_visitor_credit',
  'web_search_record_credit',
  'contact_website_visitor_credit',
] as const;

const usage = (consumed: number, left: number): Record<'limit' | 'consumed' | 'left_over', number> => ({
  limit: consumed + left,
  consumed,
  left_over: left,
});
