import { describe, expect, it } from 'vitest';
import { isTransient, retryOnDeadlock } from '../../src/platform/database-errors.js';
import { withStoreTimeout } from '../../src/platform/with-timeout.js';

const failure = (code: string): Error => Object.assign(new Error('refused'), { code });

const failing = (code: string, times: number) => {
  let attempts = 0;
  return {
    attempts: () => attempts,
    run: async () => {
      attempts += 1;
      if (attempts <= times) throw new Error('wrapped', { cause: failure(code) });
      return attempts;
    },
  };
};

const lost = () => Promise.reject(failure('CONNECTION_CLOSED'));

describe('retryOnDeadlock', () => {
  it.each(['40P01', '40001'])(
    'runs the transaction again when PostgreSQL cancels it with %s',
    async (code) => {
      expect(await retryOnDeadlock(failing(code, 2).run)).toBe(3);
    },
  );

  it('throws the last error when three attempts fail', async () => {
    const transaction = failing('40P01', 9);
    await expect(retryOnDeadlock(transaction.run)).rejects.toThrow('wrapped');
    expect(transaction.attempts()).toBe(3);
  });

  it('throws at once when the error is another one', async () => {
    const transaction = failing('23505', 1);
    await expect(retryOnDeadlock(transaction.run)).rejects.toThrow('wrapped');
    expect(transaction.attempts()).toBe(1);
  });
});

describe('a lost database', () => {
  it('is LEDGER_UNAVAILABLE when a lookup reads', async () => {
    await expect(withStoreTimeout(lost)).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
      retryable: true,
      retryAfterSeconds: 5,
    });
  });

  it('is UNAVAILABLE when the request as a whole cannot be read', async () => {
    await expect(withStoreTimeout(lost, 'UNAVAILABLE')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      retryAfterSeconds: 5,
    });
  });

  it.each(['57P01', '55P03', '40P01', 'ECONNREFUSED'])('counts as transient when the code is %s', (code) => {
    expect(isTransient(failure(code))).toBe(true);
  });

  it('is not reported when a statement is refused', async () => {
    const refused = failure('23505');
    expect(isTransient(refused)).toBe(false);
    await expect(withStoreTimeout(() => Promise.reject(refused))).rejects.toBe(refused);
  });
});
