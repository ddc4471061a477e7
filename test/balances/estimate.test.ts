import { describe, expect, it, test } from 'vitest';
import { estimated, held, on, planOf, poolOf, readingOf } from './estimated.js';

describe('what is left', () => {
  it('is not known where nothing was declared and nothing read', () => {
    const account = estimated({}, [[on('06-29'), 3n]]);
    expect(account).toMatchObject({ remaining: null, pools: [], depletesAt: null, renewsAt: null });
    expect(account.burnPerDay30).toBe(0.1);
  });

  it("without a reading: the month's credits and all add-ons, less what the ledger charged since the renewal", () => {
    const account = estimated({ plan: planOf(), pools: [poolOf('more', 50n, on('01-01'))] }, [
      [on('05-31'), 70n],
      [on('06-01'), 30n],
      [on('06-20'), 90n],
    ]);
    expect(account.remaining).toBe(30n);
    expect(held(account)).toEqual({ Subscription: 0, more: 30 });
  });

  it('with one: what it said, less what was charged from that instant on', () => {
    const facts = { plan: planOf(), readings: [readingOf(on('06-10'), 42n)] };
    const account = estimated(facts, [
      [on('06-09'), 9n],
      [on('06-10'), 2n],
      [on('06-11'), 3n],
    ]);
    expect(account.remaining).toBe(37n);
  });

  it('without a plan: one pool', () => {
    const account = estimated({ readings: [readingOf(on('06-10'), 42n)] }, [[on('06-11'), 2n]]);
    expect(held(account)).toEqual({ Credits: 40 });
    expect(account).toMatchObject({ renewsAt: null, renewsFirst: false, warnings: [] });
  });

  it('goes below zero where more was charged than anybody declared, and a renewal begins anew', () => {
    const facts = { plan: planOf(), readings: [readingOf(on('05-10'), 5n)] };
    const charged = [[on('05-11'), 8n]] as const;
    expect(estimated({ ...facts, asOf: on('05-20') }, charged).remaining).toBe(-3n);
    expect(estimated({ ...facts, asOf: on('06-02') }, charged).remaining).toBe(100n);
  });

  it('a reading for the same instant as an earlier one puts that one right', () => {
    const readings = [readingOf(on('06-10'), 5_000n), { ...readingOf(on('06-10'), 500n), id: 'later' }];
    const account = estimated({ readings });
    expect(account).toMatchObject({ remaining: 500n, drift: [], latestReading: { id: 'later' } });
  });
});

describe('renewals', () => {
  const readings = [readingOf(on('04-10'), 60n)];
  it.each([
    [true, 60 - 10 + 100 + 100 + 100 - 20],
    [false, 100 - 20],
  ])('with rollover %s', (rollover, left) => {
    const account = estimated({ asOf: on('07-01'), plan: planOf({ rollover }), readings }, [
      [on('04-20'), 10n],
      [on('07-01'), 20n],
    ]);
    expect(account.remaining).toBe(BigInt(left));
    expect(account.renewsAt).toEqual(on('08-01'));
  });
});

describe('add-ons', () => {
  it('are used after the subscription, soonest end first, those without an end last', () => {
    const pools = [
      poolOf('endless', 10n, on('01-01')),
      poolOf('late', 10n, on('01-01'), on('12-01')),
      poolOf('soon', 10n, on('01-01'), on('09-01')),
    ];
    const after = (spent: bigint): Record<string, number> =>
      held(estimated({ plan: planOf(), pools }, [[on('06-02'), spent]]));
    expect(after(99n)).toEqual({ Subscription: 1, soon: 10, late: 10, endless: 10 });
    expect(after(104n)).toEqual({ Subscription: 0, soon: 6, late: 10, endless: 10 });
    expect(after(115n)).toEqual({ Subscription: 0, soon: 0, late: 5, endless: 10 });
    expect(after(131n)).toEqual({ Subscription: -1, soon: 0, late: 0, endless: 0 });
  });

  it('begin and lapse in their time, and a renewal leaves what was used of them used', () => {
    const facts = {
      plan: planOf({ rollover: false }),
      pools: [poolOf('more', 50n, on('05-10'), on('06-15'))],
      readings: [readingOf(on('05-02'), 100n)],
    };
    const charged = [[on('05-20'), 130n]] as const;
    const at = (day: string) => held(estimated({ ...facts, asOf: on(day) }, charged));
    expect(at('05-09')).toEqual({ Subscription: 100 });
    expect(at('05-21')).toEqual({ Subscription: 0, more: 20 });
    expect(at('06-01')).toEqual({ Subscription: 100, more: 20 });
    expect(at('06-15')).toEqual({ Subscription: 100 });
  });

  it('keep across readings what they hold: a new month is used before the rest of an add-on', () => {
    const account = estimated(
      {
        plan: planOf({ rollover: false }),
        pools: [poolOf('more', 50n, on('01-01'))],
        readings: [readingOf(on('05-10'), 40n), readingOf(on('06-10'), 125n)],
      },
      [[on('06-11'), 5n]],
    );
    expect(held(account)).toEqual({ Subscription: 80, more: 40 });
  });

  it('get back what a reading shows was not spent after all', () => {
    const account = estimated(
      {
        pools: [poolOf('more', 50n, on('01-01'))],
        readings: [readingOf(on('06-10'), 50n), readingOf(on('06-12'), 45n)],
      },
      [[on('06-11'), 10n]],
    );
    expect(held(account)).toEqual({ Credits: 0, more: 45 });
    expect(account.drift).toMatchObject([{ gatewaySpend: 10n, externalSpend: -5n }]);
  });
});

describe('drift', () => {
  const readings = [readingOf(on('05-10'), 90n), readingOf(on('05-20'), 60n), readingOf(on('06-20'), 120n)];

  it('returns what was spent outside the gateway between each two readings', () => {
    const account = estimated({ plan: planOf(), readings }, [
      [on('05-10'), 12n],
      [on('05-20'), 5n],
      [on('06-10'), 25n],
    ]);
    expect(account.drift).toEqual([
      {
        from: on('05-20'),
        to: on('06-20'),
        before: 60n,
        after: 120n,
        granted: 100n,
        gatewaySpend: 30n,
        externalSpend: 10n,
      },
      {
        from: on('05-10'),
        to: on('05-20'),
        before: 90n,
        after: 60n,
        granted: 0n,
        gatewaySpend: 12n,
        externalSpend: 18n,
      },
    ]);
    expect(account.remaining).toBe(120n);
  });

  it('counts what lapses at a renewal without rollover as granted, below zero where it was more', () => {
    const facts = {
      plan: planOf({ rollover: false, monthlyCredits: 20n }),
      readings: [readings[0]!, readingOf(on('06-20'), 15n)],
    };
    expect(estimated(facts, [[on('05-11'), 10n]]).drift).toMatchObject([
      { granted: 20n - 80n, gatewaySpend: 10n, externalSpend: 5n },
    ]);
  });
});

describe('burn', () => {
  it('is credits per day, of the ledger and of the share of drift that falls into the days', () => {
    const account = estimated(
      { asOf: on('06-30'), readings: [readingOf(on('06-13'), 100n), readingOf(on('06-27'), 16n)] },
      [
        [on('05-30'), 500n],
        [on('06-01'), 30n],
        [on('06-24'), 14n],
      ],
    );
    expect(account.drift).toMatchObject([{ externalSpend: 70n }]);
    expect(account.burnPerDay7).toBe(Math.round(((14 + 70 * (4 / 14)) / 7) * 100) / 100);
    expect(account.burnPerDay30).toBe(Math.round(((30 + 14 + 70) / 30) * 100) / 100);
  });

  it('is not made smaller by credits that came from elsewhere', () => {
    const readings = [readingOf(on('06-24'), 10n), readingOf(on('06-25'), 500n)];
    expect(estimated({ readings }, [[on('06-26'), 7n]]).burnPerDay7).toBe(1);
  });
});

describe('the day it runs out', () => {
  const charged = [[on('06-29'), 70n]] as const;

  it('is where the rate of the last 7 days leaves nothing', () => {
    const account = estimated({ readings: [readingOf(on('06-30'), 45n)] }, charged);
    expect(account).toMatchObject({ burnPerDay7: 10, depletesAt: on('07-04T12:00'), renewsFirst: false });
  });

  it('is that of the last 30 where the last 7 had none', () => {
    const readings = [readingOf(on('06-30'), 10n)];
    expect(estimated({ readings }, [[on('06-02'), 60n]]).depletesAt).toEqual(on('07-05'));
  });

  it.each([
    ['before the renewal', '07-20', 100n, on('07-10'), false],
    ['not before it', '07-20', 201n, null, true],
    ['at the very instant of it: the renewal comes first', '07-20', 200n, null, true],
  ])('%s', (_, day, left, depletesAt, renewsFirst) => {
    const plan = planOf({ renewalDay: Number(day.slice(3)) });
    const account = estimated({ plan, readings: [readingOf(on('06-30'), left)] }, charged);
    expect(account).toMatchObject({ renewsAt: on(day), depletesAt, renewsFirst });
  });

  it('reckons with add-ons that lapse or begin until then', () => {
    const readings = [readingOf(on('06-30'), 90n)];
    const lapsing = [poolOf('soon', 80n, on('01-01'), on('07-02'))];
    const coming = [poolOf('next', 30n, on('07-05'))];
    expect(estimated({ readings, pools: lapsing }, charged).depletesAt).toEqual(on('07-02'));
    expect(estimated({ readings, pools: coming }, charged).depletesAt).toEqual(on('07-12'));
  });

  it('is now where nothing is left, and never where nothing is spent', () => {
    expect(estimated({ readings: [readingOf(on('06-30'), 0n)] }, charged).depletesAt).toEqual(on('06-30'));
    expect(estimated({ readings: [readingOf(on('06-30'), 5n)] })).toMatchObject({ depletesAt: null });
  });
});

const warned = (left: bigint, carried = 0n) =>
  estimated({
    plan: planOf({ thresholds: [50, 80, 100] }),
    pools: [poolOf('more', 40n, on('06-20'))],
    readings: [readingOf(on('06-10'), left + carried)],
  }).warnings.map(({ threshold }) => threshold);

describe("warnings: the month's credits used up to a threshold", () => {
  it.each([
    [100n, []],
    [51n, []],
    [50n, [50]],
    [20n, [50, 80]],
    [0n, [50, 80, 100]],
  ])('with %s left of 100, whatever the add-ons hold', (left, thresholds) => {
    expect(warned(left)).toEqual(thresholds);
  });

  it('say since when and how much', () => {
    const account = estimated({ plan: planOf(), readings: [readingOf(on('06-10'), 15n)] });
    expect(account.warnings).toEqual([
      { threshold: 80, startsAt: on('06-01'), used: 85n, monthlyCredits: 100n },
    ]);
  });

  it('come after what was carried over is used', () => expect(warned(100n, 40n)).toEqual([]));
});

test('is not estimated only when the provider reported the latest reading', () => {
  const facts = { ...readingOf(on('06-10'), 9n), source: 'REPORTED' as const };
  const typed = readingOf(on('06-12'), 9n);
  expect(estimated({ readings: [facts] }).estimated).toBe(false);
  expect(estimated({ readings: [facts, typed] }).estimated).toBe(true);
  expect(estimated({ plan: planOf() }).estimated).toBe(true);
});
