import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Pool } from '../../src/balances/balance.js';
import { estimated, planOf, poolOf, readingOf } from './estimated.js';

/** What happens to an account within one day of a made-up history, and whether its page is looked at in the evening. */
type Day = { inside: number; outside: number; isRead: boolean };
type History = {
  days: Day[];
  renewalDay: number;
  rollover: boolean;
  pools: { credits: number; startsOn: number; days: number | null }[];
};

const dayMs = 86_400_000;
const begins = Date.UTC(2026, 0, 20);
const dayAt = (day: number): Date => new Date(begins + day * dayMs);

const histories: fc.Arbitrary<History> = fc.record({
  days: fc.array(
    fc.record({
      inside: fc.integer({ min: 0, max: 6 }),
      outside: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 6 })),
      isRead: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
    { minLength: 2, maxLength: 70 },
  ),
  renewalDay: fc.integer({ min: 1, max: 31 }),
  rollover: fc.boolean(),
  pools: fc.array(
    fc.record({
      credits: fc.integer({ min: 1, max: 60 }),
      startsOn: fc.integer({ min: 0, max: 60 }),
      days: fc.option(fc.integer({ min: 1, max: 40 })),
    }),
    { maxLength: 4 },
  ),
});

/** A pile of single credits, each with the pool it is from: the dullest account there can be. */
type Pile = { from: string; endsAt: number }[];

/**
 * Runs a history credit by credit, as a provider would, and returns what the gateway would see of it. What
 * cannot be paid is not sold.
 */
const live = (history: History) => {
  const pools: Pool[] = history.pools.map(({ credits, startsOn, days }, index) =>
    poolOf(`pool ${index}`, BigInt(credits), dayAt(startsOn), days === null ? null : dayAt(startsOn + days)),
  );
  let pile: Pile = credits('plan', 100, -1);
  const charged: [Date, bigint][] = [];
  const readings = [readingOf(dayAt(0.4), 100n + sumAt0(pools))];
  const outsideUntil: number[] = [];
  let outside = 0;
  history.days.forEach((day, index) => {
    const at = dayAt(index);
    pile = pile.filter(({ endsAt }) => endsAt === -1 || endsAt > at.getTime());
    if (index > 0 && renewsOn(at, history.renewalDay)) {
      if (!history.rollover) pile = pile.filter(({ from }) => from !== 'plan');
      pile = [...credits('plan', 100, -1), ...pile];
    }
    for (const { name, credits: count, startsAt, endsAt } of pools) {
      if (startsAt.getTime() === at.getTime()) {
        pile = [...pile, ...credits(name, Number(count), endsAt?.getTime() ?? Infinity)];
      }
    }
    const inside = take(day.inside);
    charged.push([dayAt(index + 0.5), BigInt(inside)]);
    outside += take(day.outside);
    if (day.isRead) {
      readings.push(readingOf(dayAt(index + 0.75), BigInt(pile.length)));
      outsideUntil.push(outside);
      outside = 0;
    }
  });
  return { pools, charged, readings, outsideUntil, outside, pile };

  function take(wanted: number): number {
    pile = pile.toSorted((a, b) => rank(a) - rank(b));
    return pile.splice(0, wanted).length;
  }
};

const credits = (from: string, count: number, endsAt: number): Pile =>
  Array.from({ length: count }, () => ({ from, endsAt }));
const rank = ({ from, endsAt }: Pile[number]): number => (from === 'plan' ? -1 : endsAt);
const sumAt0 = (pools: readonly Pool[]): bigint =>
  pools.filter(({ startsAt }) => startsAt.getTime() === begins).reduce((sum, pool) => sum + pool.credits, 0n);
const renewsOn = (at: Date, renewalDay: number): boolean => {
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  return at.getUTCDate() === Math.min(renewalDay, last);
};

const facts = (history: History, lived: ReturnType<typeof live>) =>
  estimated(
    {
      asOf: new Date(dayAt(history.days.length).getTime() - 1),
      plan: planOf({ renewalDay: history.renewalDay, rollover: history.rollover }),
      pools: lived.pools,
      readings: lived.readings,
    },
    lived.charged,
  );

it('adds pools up to the remaining credits, and drift and spending to the difference of readings, in any history', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const lived = live(history);
      const account = facts(history, lived);
      expect(account.pools.reduce((sum, { remaining }) => sum + remaining, 0n)).toBe(account.remaining);
      expect(account.drift).toHaveLength(lived.readings.length - 1);
      account.drift.toReversed().forEach((period, index) => {
        const [before, after] = [lived.readings[index], lived.readings[index + 1]];
        expect([period.from, period.to]).toEqual([before?.at, after?.at]);
        const { granted, gatewaySpend, externalSpend } = period;
        expect((before?.credits ?? 0n) + granted - gatewaySpend - externalSpend).toBe(after?.credits);
        const inLedger = lived.charged.filter(([at]) => at >= period.from && at < period.to);
        expect(gatewaySpend).toBe(inLedger.reduce((sum, [, one]) => sum + one, 0n));
      });
    }),
  );
});

it('estimates the exact balance without drift when nothing is spent outside', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const inside = { ...history, days: history.days.map((day) => ({ ...day, outside: 0 })) };
      const lived = live(inside);
      const account = facts(inside, lived);
      expect(account.drift.every(({ externalSpend }) => externalSpend === 0n)).toBe(true);
      expect(account.remaining).toBe(BigInt(lived.pile.length));
      for (const { name, remaining } of account.pools) {
        const from = name === 'Subscription' ? 'plan' : name;
        expect([name, remaining]).toEqual([
          name,
          BigInt(lived.pile.filter((one) => one.from === from).length),
        ]);
      }
    }),
  );
});

it('returns exactly the outside spending as drift when nothing expires', () => {
  fc.assert(
    fc.property(histories, (made) => {
      const pools = made.pools.map((pool) => ({ ...pool, days: null }));
      const history = { ...made, rollover: true, pools };
      const lived = live(history);
      // Below zero the two part: the provider sells nothing that the gateway would have to guess at.
      fc.pre(lived.charged.every(([, count], index) => count === BigInt(history.days[index]?.inside ?? 0)));
      fc.pre(lived.pile.length > 60);
      const account = facts(history, lived);
      expect(account.drift.toReversed().map(({ externalSpend }) => Number(externalSpend))).toEqual(
        lived.outsideUntil,
      );
      expect(account.remaining).toBe(BigInt(lived.pile.length + lived.outside));
    }),
  );
});
