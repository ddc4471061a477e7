import { createServer, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTextSender } from '../../src/http/send-text.js';

/** From a few bytes to more than a buffer has, with characters of one to four bytes. */
const textOf = (number: number): string =>
  `${number} é 番 😀 \ud800`.repeat([1, 4_000, 30_000, 101_000][number % 4]!);

const sendText = createTextSender();
const server = createServer((request, response) => sendText(response, textOf(Number(request.url?.slice(1)))));
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => void server.close(resolve)));

const receive = (number: number): Promise<IncomingMessage> => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: address.port, path: `/${number}`, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
};

const expected = (number: number): string => textOf(number).toWellFormed();

it('sends each text whole, while slow clients have not read theirs and others have left', async () => {
  // Their responses are larger than the buffers of the sockets, so they are not sent before they are read.
  const slow = await Promise.all(
    [6, 14, 22, 30].map(async (number) => [number, await receive(number)] as const),
  );
  for (const number of [2, 10, 18]) (await receive(number)).destroy();
  for (let round = 0; round < 3; round += 1) {
    const numbers = Array.from({ length: 8 }, (_, index) => round * 8 + index);
    const texts = await Promise.all(numbers.map(async (number) => await text(await receive(number))));
    for (const [index, number] of numbers.entries()) expect(texts[index] === expected(number)).toBe(true);
  }
  for (const [number, response] of slow) {
    expect(Number(response.headers['content-length'])).toBe(Buffer.byteLength(expected(number)));
    expect((await text(response)) === expected(number)).toBe(true);
  }
});
