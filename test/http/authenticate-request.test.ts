import { expect, it } from 'vitest';
import { createRequestAuthenticator } from '../../src/http/authenticate-request.js';

const request = (): Request =>
  new Request('http://localhost/graphql', { method: 'POST', headers: { authorization: 'Bearer fgw_x' } });

it('returns the same error, without another attempt, when a request is opened again', async () => {
  let looks = 0;
  const desk = createRequestAuthenticator(
    () => {
      looks += 1;
      return Promise.reject(new Error(`look ${looks}`));
    },
    () => {
      throw new Error('nobody was found');
    },
  );
  const one = request();
  const heard = await Promise.allSettled([desk.open(one), desk.open(one)]);
  await expect(desk.open(request())).rejects.toThrow('look 2');
  expect(heard).toMatchObject([{ reason: { message: 'look 1' } }, { reason: { message: 'look 1' } }]);
  expect(looks).toBe(2);
});
