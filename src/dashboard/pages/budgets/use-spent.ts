import { useEffect, useState } from 'preact/hooks';
import type { BudgetPeriod, BudgetScope, UsageFilter } from '../../api/operations.js';
import { SpentInPeriodDocument } from '../../api/operations.js';
import { useReading } from '../../api/use-operation.js';
import { currentPeriod } from './budget-period.js';

export type Target = { scope: BudgetScope; subject: string; period: BudgetPeriod; timeZone: string };

/** What the scope of a budget has spent in its current period, by the usage report. */
export type Spent = {
  credits: number;
  sandboxCredits: number;
  /** Null for TOTAL. */
  startsAt: Date | null;
  renewsAt: Date | null;
};

/** Reads what a scope has spent. `spent` is undefined until a subject is chosen and its usage is read. */
export const useSpent = (
  target: Target,
  enabled = true,
): { spent: Spent | undefined; refusal: string | null } => {
  const { scope, period, timeZone } = target;
  const subject = useSettled(target.subject);
  const [now] = useState(() => new Date());
  const hasSubject = scope === 'WORKSPACE' || scope === 'MANAGED' || subject !== '';
  const times = currentPeriod(period, timeZone, now);
  const { data, refusal, isStale } = useReading(
    SpentInPeriodDocument,
    {
      from: times?.startsAt.toISOString() ?? '1970-01-01T00:00:00Z',
      to: times?.renewsAt.toISOString() ?? new Date(now.getTime() + 86_400_000).toISOString(),
      filter: filterOf(scope, subject),
    },
    { enabled: enabled && hasSubject },
  );
  if (data === undefined || isStale || !hasSubject || subject !== target.subject)
    return { spent: undefined, refusal };
  const sumOf = (sandbox: boolean): number =>
    data.usage.rows
      .filter((row) => row.sandbox === sandbox)
      .reduce((sum, { creditsCharged }) => sum + creditsCharged, 0);
  return {
    spent: {
      credits: sumOf(false),
      sandboxCredits: sumOf(true),
      startsAt: times?.startsAt ?? null,
      renewsAt: times?.renewsAt ?? null,
    },
    refusal: null,
  };
};

const filterOf = (scope: BudgetScope, subject: string): UsageFilter => {
  switch (scope) {
    case 'WORKSPACE':
      return {};
    case 'CONNECTION':
      return { connection: subject };
    case 'WORKFLOW':
      return { workflow: subject };
    case 'TOKEN':
      return { token: subject };
    case 'MANAGED':
      return { payer: 'MANAGED' };
  }
};

const settleMs = 300;

/** A text once it has not changed for a moment, so that not every letter is a request. */
const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
};
