import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { redactCredentials } from '../../src/platform/redact-credentials.js';

it.each([
  ['a Firmable key', `fbl_live_${randomBytes(12).toString('hex')}`],
  ['a People Data Labs key', randomBytes(32).toString('hex')],
  ['an Apollo key', 'Zx8_kQ27-bbTRelqP0oBcA'],
  ['a sandbox key of Apollo', 'apollo_sandbox_team1'],
  ['a token', `fgw_${randomBytes(32).toString('base64url')}`],
  ["a webhook's secret", `whsec_${randomBytes(32).toString('base64url')}`],
])('%s is cut out of what GraphQL quotes', (_, credential) => {
  const message = `Variable "$input" got invalid value { key: "${credential}" }; Field "name" of required type "String!" was not provided.`;
  const cut = redactCredentials(message);
  expect(cut).not.toContain(credential);
  expect(cut).toMatch(
    /^Variable "\$input" got invalid value \{ key: ".*\[cut\]" \}; Field "name" of required/,
  );
});

it('keeps what people need to fix their request', () => {
  const message =
    'Unknown argument "waterfallNames" on field "Query.company" near con_0190a7b2-4c1d-7e3f-8a5b-6c7d8e9f0a1b of type "CreateConnectionInput".';
  expect(redactCredentials(message)).toBe(message);
});
