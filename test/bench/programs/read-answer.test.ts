import { describe, expect, it } from 'vitest';
import { digitsOf } from './companies.js';
import { numberMark } from './job.js';
import { createAnswerReader } from './read-answer.js';

const expected = ['"charge":"CHARGED"', `"id":"f${numberMark}"`];
const numbers = [digitsOf(7)];
const right = `{"charge":"CHARGED","id":"f${digitsOf(7)}"}`;

const answer = (body: string, status = '200 OK'): Buffer =>
  Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const newReader = () => createAnswerReader({ expected, forbidden: ['"errors"'] });

describe('the generator', () => {
  it('takes a right answer, however it is cut into pieces, and waits for the rest until then', () => {
    const whole = answer(right);
    for (let cut = 1; cut < whole.length; cut += 1) {
      const reader = newReader();
      expect(reader.read(whole.subarray(0, cut), numbers)).toBe('MORE');
      expect(reader.waits()).toBe(true);
      expect(reader.read(whole.subarray(cut), numbers)).toBeNull();
      expect(reader.waits()).toBe(false);
    }
  });

  it('counts characters of several bytes as the head does', () => {
    expect(newReader().read(answer(`${right}…ü`), numbers)).toBeNull();
  });

  it.each([
    ['another status', answer(right, '503 Service Unavailable')],
    ['another record', answer(right.replace('7"', '8"'))],
    ['another charge', answer(right.replace('CHARGED', 'ALREADY_UNLOCKED'))],
    ['errors beside the data', answer(`{"errors":[],${right.slice(1)}`)],
    ['no length', Buffer.from(`HTTP/1.1 200 OK\r\n\r\n`)],
    ['a second answer at once', Buffer.concat([answer(right), answer(right)])],
  ])('takes %s for wrong', (_, bytes) => {
    expect(newReader().read(bytes, numbers)).toEqual(expect.any(String));
    expect(newReader().read(bytes, numbers)).not.toBe('MORE');
  });

  it('looks for the records of a list in their order, each with its own charge', () => {
    const two = [digitsOf(7), digitsOf(8)];
    const [first = '', second = ''] = two.map((digits) => `{"charge":"CHARGED","id":"f${digits}"}`);
    expect(newReader().read(answer(`[${first},${second}]`), two)).toBeNull();
    expect(newReader().read(answer(`[${second},${first}]`), two)).toContain(`is missing`);
    expect(newReader().read(answer(`[${first},${second.replace('CHARGED', 'NONE')}]`), two)).toContain(
      'is missing',
    );
  });
});
