import { type Job, numberMark } from './job.js';

export type AnswerReader = {
  /** Takes what came: MORE while the answer is not whole, null when it is right, else what is wrong with it. */
  read: (chunk: Buffer, numbers: readonly string[]) => string | null;
  /** Whether an answer is still due. */
  waits: () => boolean;
};

/**
 * Reads the answers of one connection, which come one at a time, and looks for what a right one must hold. The bytes it
 * is given are its for the time of the call only.
 */
export const createAnswerReader = ({
  expected,
  forbidden,
}: Pick<Job, 'expected' | 'forbidden'>): AnswerReader => {
  let text = '';
  let wanted = 0;
  let waiting = true;

  return {
    waits: () => waiting,
    read: (chunk, numbers) => {
      waiting = true;
      text = text === '' ? chunk.toString('latin1') : text + chunk.toString('latin1');
      if (wanted === 0) wanted = lengthOf(text);
      if (wanted === 0 || text.length < wanted) return 'MORE';
      const answer = text;
      const isWhole = answer.length === wanted;
      text = '';
      wanted = 0;
      waiting = false;
      return isWhole ? faultOf(answer, { expected, forbidden }, numbers) : 'more than one answer came';
    },
  };
};

/** The length of the whole answer in bytes, head included; 0 while that is not known. */
const lengthOf = (start: string): number => {
  const end = start.indexOf('\r\n\r\n');
  if (end === -1) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(start.slice(0, end))?.[1];
  // Every server measured here states the length of its answers: one that did not would be counted as wrong.
  return length === undefined ? start.length : end + 4 + Number(length);
};

/** What is wrong with an answer to these numbers; null where it is right. */
const faultOf = (
  answer: string,
  { expected, forbidden }: Pick<Job, 'expected' | 'forbidden'>,
  numbers: readonly string[],
): string | null => {
  if (!answer.startsWith('HTTP/1.1 200 ')) return `not HTTP 200: ${beginningOf(answer)}`;
  for (const text of forbidden) if (answer.includes(text)) return `holds ${text}: ${beginningOf(answer)}`;
  let read = 0;
  for (const number of numbers) {
    for (const text of expected) {
      const at = answer.indexOf(text.replace(numberMark, number), read);
      if (at === -1) return `${text} of ${number} is missing: ${beginningOf(answer, read)}`;
      read = at;
    }
  }
  return null;
};

const shownMax = 300;

/** The status, and what stands after `from`, or else after the head. */
const beginningOf = (answer: string, from = 0): string => {
  const body = Math.max(from, answer.indexOf('\r\n\r\n') + 4);
  return `${answer.slice(0, 'HTTP/1.1 200'.length)} … ${answer.slice(body, body + shownMax)}`;
};
