import { connect, type Socket } from 'node:net';

/** The pieces that are written to a socket, and what the client does afterwards. */
export type Raw = {
  pieces: readonly (string | Buffer)[];
  /** The size in bytes that pieces are cut into. */
  pieceBytes?: number;
  /**
   * WAIT: keeps reading. SHUT: ends its side, and keeps reading. CUT: disconnects without a response. HEAD: disconnects
   * when a response starts, for streams.
   */
  afterwards?: 'WAIT' | 'SHUT' | 'CUT' | 'HEAD';
};

export type RawAnswer = {
  status: number;
  headers: Record<string, string>;
  /** How the end of the body is marked. */
  framing: 'LENGTH' | 'CHUNKED' | 'NONE';
  body: string;
};

/** Sends raw HTTP that fetch cannot send, and reads all responses up to the end of the connection. */
export const sendRaw = async (
  url: string,
  { pieces, pieceBytes, afterwards = 'WAIT' }: Raw,
): Promise<RawAnswer[]> => {
  const { hostname, port } = new URL(url);
  const received: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
    socket.on('data', (chunk: Buffer) => {
      received.push(chunk);
      if (afterwards === 'HEAD') socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
    socket.on('close', () => resolve());
    socket.on('connect', () => {
      write(
        socket,
        pieces.flatMap((piece) => cut(piece, pieceBytes)),
        () => {
          if (afterwards === 'SHUT') socket.end();
          if (afterwards === 'CUT') socket.destroy();
        },
      );
    });
  });
  const answers = readAnswers(Buffer.concat(received));
  return afterwards === 'HEAD' ? answers.slice(0, 1).map((answer) => ({ ...answer, body: '' })) : answers;
};

const cut = (piece: string | Buffer, size: number | undefined): (string | Buffer)[] => {
  if (size === undefined) return [piece];
  const bytes = Buffer.from(piece);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
};

/** Writes one piece at a time, so that they arrive separately. */
const write = (socket: Socket, [piece, ...rest]: readonly (string | Buffer)[], written: () => void): void => {
  if (piece === undefined) written();
  else socket.write(piece, () => setImmediate(write, socket, rest, written));
};

const readAnswers = (bytes: Buffer): RawAnswer[] => {
  const answers: RawAnswer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const headEnd = bytes.indexOf('\r\n\r\n', at);
    if (headEnd < 0) throw new Error(`an answer without an end: ${bytes.toString('latin1', at, at + 200)}`);
    const [first = '', ...lines] = bytes.toString('latin1', at, headEnd).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const rest = bytes.subarray(headEnd + 4);
    const { framing, body, length } = readBody(headers, rest);
    answers.push({ status: Number(first.split(' ')[1]), headers, framing, body: body.toString('utf8') });
    at = headEnd + 4 + length;
  }
  return answers;
};

const readBody = (
  headers: Record<string, string>,
  rest: Buffer,
): { framing: RawAnswer['framing']; body: Buffer; length: number } => {
  const length = headers['content-length'];
  if (length !== undefined)
    return { framing: 'LENGTH', body: rest.subarray(0, Number(length)), length: Number(length) };
  if (headers['transfer-encoding'] !== 'chunked')
    return { framing: 'NONE', body: Buffer.alloc(0), length: 0 };
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (!(size > 0)) return { framing: 'CHUNKED', body: Buffer.concat(chunks), length: next };
    chunks.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
};
