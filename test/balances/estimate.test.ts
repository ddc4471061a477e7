import { describe, expect, it } from 'vitest';
import { estimated, held, on, planOf, poolOf, readingOf } from './estimated.js';

describe('what is left', () => {
  it('is not known where nothing was declared and nothing read', () => {
    const account = estimated({}, [[on('06-29'), 3n]]);
    expect(account).toMatchObject({ remaining: null, pools: [], depletesAt: null, renewsAt: null });
    expect(account.burnPerDay30).toBe(0.1);
  });

  it('starts at the last renewal when there is no reading', () => {
    const account = estimated({ plan: planOf(), pools: [poolOf('more', 50n, on('01-01'))] }, [
      [on('05-31'), 70n],
      [on('06-01'), 30n],
      [on('06-20'), 90n],
    ]);
    expect(account.remaining).toBe(30n);
    expect(held(account)).toEqual({ Subscription: 0, more: 30 });
  });

  it('starts at the reading when there is one', () => {
    const facts = { plan: planOf(), readings: [readingOf(on('06-10'), 42n)] };
    const account = estimated(facts, [
      [on('06-09'), 9n],
      [on('06-10'), 2n],
      [on('06-11'), 3n],
    ]);
    expect(account.remaining).toBe(37n);
  });

  it('has one pool when there is no plan', () => {
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

  it('replaces a reading of the same instant', () => {
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
