import { describe, expect, it } from 'vitest';
import { estimated, on, planOf, poolOf, readingOf } from './estimated.js';

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
  const charged = [
    [on('06-22'), 5n],
    [on('06-29'), 70n],
  ] as const;

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

describe('the history that the day it runs out needs', () => {
  const readings = [readingOf(on('06-29'), 45n)];
  const plan = planOf({ renewalDay: 20 });

  it.each([
    ['twenty minutes ago', '06-29T23:40'],
    ['six days ago', '06-24'],
    ['less than seven days ago', '06-23T00:01'],
  ])('is missing when the first credit was spent %s', (_, day) => {
    const account = estimated({ plan, readings }, [[on(day), 21n]]);
    expect(account).toMatchObject({ hasHistory: false, depletesAt: null, renewsFirst: false });
    expect(account.burnPerDay7).toBe(3);
  });

  it('is missing when the spending before was more than 30 days ago', () => {
    const charged = [
      [on('05-30'), 100n],
      [on('06-29'), 7n],
    ] as const;
    expect(estimated({ readings }, charged)).toMatchObject({ hasHistory: false, depletesAt: null });
  });

  it('is there when a credit was spent more than seven days ago', () => {
    const charged = [
      [on('06-22T23:59'), 1n],
      [on('06-28'), 70n],
    ] as const;
    expect(estimated({ readings }, charged)).toMatchObject({
      hasHistory: true,
      depletesAt: on('07-04T12:00'),
    });
  });

  it('counts spending outside the gateway that began more than seven days ago', () => {
    const outside = [readingOf(on('06-16'), 185n), readingOf(on('06-30'), 45n)];
    expect(estimated({ readings: outside })).toMatchObject({
      hasHistory: true,
      depletesAt: on('07-04T12:00'),
    });
    const recent = [readingOf(on('06-28'), 185n), readingOf(on('06-30'), 45n)];
    expect(estimated({ readings: recent })).toMatchObject({ hasHistory: false, depletesAt: null });
  });

  it('is not needed when nothing is left, or nothing is spent before the renewal', () => {
    expect(estimated({ readings: [readingOf(on('06-30'), 0n)] }, [[on('06-29'), 9n]])).toMatchObject({
      hasHistory: false,
      depletesAt: on('06-30'),
    });
    expect(estimated({ plan, readings })).toMatchObject({ hasHistory: false, renewsFirst: true });
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

it('is not estimated only when the provider reported the latest reading', () => {
  const facts = { ...readingOf(on('06-10'), 9n), source: 'REPORTED' as const };
  const typed = readingOf(on('06-12'), 9n);
  expect(estimated({ readings: [facts] }).estimated).toBe(false);
  expect(estimated({ readings: [facts, typed] }).estimated).toBe(true);
  expect(estimated({ plan: planOf() }).estimated).toBe(true);
});
