import { expect, test } from 'vitest';
import { createRequestAuthenticator } from '../../src/http/authenticate-request.js';

const request = (): Request =>
  new Request('http://localhost/graphql', { method: 'POST', headers: { authorization: 'Bearer fgw_x' } });

test('a request that could not be opened is not tried anew by the next who asks', async () => {
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
