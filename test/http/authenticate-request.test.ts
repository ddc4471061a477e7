import { expect, it } from 'vitest';
import { createRequestAuthenticator } from '../../src/http/authenticate-request.js';

const request = (): Request =>
  new Request('http://localhost/graphql', { method: 'POST', headers: { authorization: 'Bearer fgw_x' } });

it('returns the same error, without another attempt, when a request is opened again', async () => {
  let looks = 0;
  const authenticator = createRequestAuthenticator(
    () => {
      looks += 1;
      return Promise.reject(new Error(`look ${looks}`));
    },
    () => {
      throw new Error('nobody was found');
    },
  );
  const one = request();
  const results = await Promise.allSettled([authenticator.open(one), authenticator.open(one)]);
  await expect(authenticator.open(request())).rejects.toThrow('look 2');
  expect(results).toMatchObject([{ reason: { message: 'look 1' } }, { reason: { message: 'look 1' } }]);
  expect(looks).toBe(2);
});
