import { randomBytes } from 'node:crypto';
import { writeXlsxStream } from 'hucre/xlsx';
import { buildGateway, type GatewayProcess, runGateway } from '../support/gateway.js';
import type { BenchStore } from './open-store.js';
import { residentMb, urlOf } from './exports.js';

/** One line of the result. Memory is the gateway's whole resident set, before the upload and at its peak. */
type MeasuredUpload = {
  set: 'uploads';
  file: string;
  rows: number;
  megabytes: number;
  seconds: number;
  rowsPerSecond: number;
  idleMb: number;
  aboveIdleMb: number;
};

const sampleEveryMs = 50;

/**
 * Sends ever longer lists to a gateway process of its own, as they are made, and watches that process's memory. Every answer must have
 * the number of rows that was sent.
 */
export const benchUploads = async (store: BenchStore, full: boolean): Promise<MeasuredUpload[]> => {
  buildGateway();
  const results: MeasuredUpload[] = [];
  const sizes = [10_000, 100_000, 1_000_000];
  for (const rows of sizes) results.push(await measure(store, `${rows}.csv`, rows, csvOf(rows)));
  for (const rows of full ? sizes : [10_000, 100_000])
    results.push(await measure(store, `${rows}.xlsx`, rows, await bytesOf(workbookOf(rows))));
  return results;
};

const cellsOf = (row: number): string[] => [
  `Company ${row}`,
  `company-${row}.example`,
  `a note, with a comma ${row}`,
  'Sydney',
];
const headers = ['Company', 'Website', 'Note', 'City'];

const csvOf = (rows: number): ReadableStream<Uint8Array> => {
  let row = 0;
  return new ReadableStream({
    pull: (controller) => {
      let text = row === 0 ? `${headers.join(',')}\r\n` : '';
      for (const last = Math.min(rows, row + 1_000); row < last; row += 1)
        text += `${cellsOf(row)
          .map((cell) => `"${cell}"`)
          .join(',')}\r\n`;
      controller.enqueue(Buffer.from(text));
      if (row === rows) controller.close();
    },
  });
};

const workbookOf = (rows: number): ReadableStream<Uint8Array> =>
  writeXlsxStream(
    (function* all() {
      for (let row = 0; row < rows; row += 1) yield cellsOf(row);
    })(),
    { name: 'List', columns: headers.map((header) => ({ header })) },
  );

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(stream).arrayBuffer());

/** Each file has a gateway of its own, so that none inherits the memory of another. */
const measure = async (
  store: BenchStore,
  file: string,
  rows: number,
  body: BodyInit,
): Promise<MeasuredUpload> => {
  const token = `fgw_${randomBytes(32).toString('base64url')}`;
  const gateway = await runGateway({
    DATABASE_URL: urlOf(store.address),
    ENCRYPTION_KEYS: store.secrets.map((secret) => secret.toString('base64')).join(','),
    GATEWAY_BOOTSTRAP_TOKEN: token,
  });
  try {
    return await send(gateway, { token, file, rows, body });
  } finally {
    gateway.signal('SIGTERM');
    await gateway.exited;
  }
};

const send = async (
  gateway: GatewayProcess,
  { token, file, rows, body }: { token: string; file: string; rows: number; body: BodyInit },
): Promise<MeasuredUpload> => {
  if (gateway.url === null) throw new Error(`the gateway did not start: ${gateway.output()}`);
  const idleMb = residentMb(gateway.pid);
  let peakMb = idleMb;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(gateway.pid));
  }, sampleEveryMs);
  const startedMs = performance.now();
  const response = await fetch(`${gateway.url}/uploads?name=${file}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  const answer: { rows?: number; bytes?: number; error?: string } = await response.json();
  const seconds = (performance.now() - startedMs) / 1_000;
  clearInterval(sampling);
  if (answer.rows !== rows) throw new Error(`${file} has ${answer.rows} rows: ${answer.error}`);
  return {
    set: 'uploads',
    file,
    rows,
    megabytes: Math.round((answer.bytes ?? 0) / 1e6),
    seconds: Number(seconds.toFixed(1)),
    rowsPerSecond: Math.round(rows / seconds),
    idleMb,
    aboveIdleMb: peakMb - idleMb,
  };
};
