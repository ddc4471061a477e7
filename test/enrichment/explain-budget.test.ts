import { expect, it } from 'vitest';
import { explainBudget } from '../../src/enrichment/explain.js';

const budget = { id: 'b', name: 'team', reserved: 0n, renewsAt: null, setByOperator: false };

it('says that a limit is spent', () => {
  const full = { ...budget, limit: 12n, spent: 12n };
  expect(explainBudget({ ...full, ofJob: true }).message).toBe(
    'The maxCredits of this job are 12, and 12 are spent: resume it with a higher maxCredits.',
  );
  expect(explainBudget(full).message).toBe(
    'The budget "team" allows 12 credits: 12 are spent and 0 reserved. It does not renew; an ADMIN can raise it.',
  );
});

it('speaks of no rest where reservations hold it', () => {
  expect(explainBudget({ ...budget, limit: 12n, spent: 4n, reserved: 8n }).message).toBe(
    'The budget "team" allows 12 credits: 4 are spent and 8 reserved. It does not renew; an ADMIN can raise it.',
  );
});

it('says that what is left of a limit is less than the lookup may cost', () => {
  const low = { ...budget, limit: 12n, spent: 4n };
  expect(explainBudget({ ...low, ofJob: true }).message).toBe(
    'The maxCredits of this job are 12, and 4 are spent. The next lookup may cost more than the rest: resume it with a higher maxCredits.',
  );
  expect(explainBudget(low).message).toBe(
    'The budget "team" allows 12 credits: 4 are spent and 0 reserved. This lookup may cost more than the rest. It does not renew; an ADMIN can raise it.',
  );
});
