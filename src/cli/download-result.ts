import { createWriteStream, rmSync } from 'node:fs';
import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { GatewayError } from '../errors.js';
import { explainConnectionFault, isConnectionLost } from './connection-fault.js';
import type { GatewayClient } from './gateway-client.js';
import type { Printer } from './printer.js';
import { createRecordSplitter } from './record-splitter.js';

const formats = ['csv', 'ndjson', 'xlsx'] as const;
export type ResultFormat = (typeof formats)[number];

/** The options of commands that write a result, as commander reads them. */
export type ResultOptions = { output?: string; format?: ResultFormat; fields?: string; bom?: boolean };

/** Where the result goes: a file, or standard output if null. */
export type Target = { file: string | null; format: ResultFormat; query: Record<string, string> };

/** Adds the options of commands that write a result. */
export const addResultOptions = (command: Command): Command =>
  command
    .option('-o, --output <file>', 'the file to write; standard output if omitted or -')
    .addOption(new Option('--format <format>', "if the file's extension does not say it").choices(formats))
    .option('--fields <list>', 'the fields to add, such as name,employeeCount')
    .option('--bom', 'begin a CSV file with a byte order mark, for Excel');

/** Reads the options and checks that the file can be written, before anything is spent. Throws INVALID_INPUT. */
export const chooseTarget = async (options: ResultOptions & { json?: boolean }): Promise<Target> => {
  const file = options.output === undefined || options.output === '-' ? null : path.resolve(options.output);
  const format =
    options.format ?? (file === null ? (options.json === true ? 'ndjson' : 'csv') : formatOf(file));
  if (file === null && format === 'xlsx' && process.stdout.isTTY) {
    throw wrong('An XLSX file is not written to a terminal: name a file with -o.');
  }
  if (file !== null) await checkWritable(file);
  const { fields, bom } = options;
  const query = { ...(fields === undefined ? {} : { fields }), ...(bom === true ? { bom: '1' } : {}) };
  return { file, format, query };
};

const formatOf = (file: string): ResultFormat => {
  const extension = path.extname(file).slice(1).toLowerCase();
  const format = formats.find((one) => one === (extension === 'jsonl' ? 'ndjson' : extension));
  if (format !== undefined) return format;
  throw wrong(`${file} has no extension of a result (csv, ndjson, xlsx): add one, or add --format.`);
};

const checkWritable = async (file: string): Promise<void> => {
  try {
    const kind = await kindOf(file);
    if (kind === 'folder') throw wrong(`${file} is a folder: name a file in it.`);
    // To open a pipe would end it for its reader.
    if (kind === 'device') return await access(file, constants.W_OK);
    // Permissions do not say it: they allow root everything, and a file system may be read-only.
    await writeFile(partOf(file), '');
    await rm(partOf(file));
  } catch (error) {
    throw explainUnwritable(file, error);
  }
};

const kindOf = async (file: string): Promise<'folder' | 'device' | 'file'> => {
  const found = await stat(file).catch(() => null);
  if (found === null || found.isFile()) return 'file';
  return found.isDirectory() ? 'folder' : 'device';
};

const explainUnwritable = (file: string, error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (error instanceof GatewayError || code === null || !/^E[A-Z]+$/.test(code)) return error;
  return new GatewayError('INVALID_INPUT', `${file} cannot be written (${code}): name another file.`, {
    cause: error,
  });
};

const wrong = (message: string): GatewayError => new GatewayError('INVALID_INPUT', message);

/** Throws what the gateway says against the target, such as an unknown field. */
export const checkTarget = async (client: GatewayClient, jobId: string, target: Target): Promise<void> => {
  const { body } = await client.open(pathOf(jobId, target));
  body.on('error', () => {}).destroy();
};

const pathOf = (jobId: string, { format, query }: Target, after = 0): string => {
  const all = new URLSearchParams(query);
  if (after > 0) {
    all.delete('bom');
    all.set('after', String(after));
  }
  const search = all.toString();
  return `/export/jobs/${jobId}.${format}${search === '' ? '' : `?${search}`}`;
};

/**
 * Writes the result of a job. A file gets its name when it is complete. A lost connection is opened again, and the result goes
 * on behind the last whole row. Throws UNAVAILABLE when that fails for `retryMs`.
 */
export const downloadResult = async (
  client: GatewayClient,
  print: Printer,
  {
    jobId,
    target,
    retryMs,
    signal,
  }: { jobId: string; target: Target; retryMs: number; signal?: AbortSignal },
): Promise<void> => {
  const isDevice = target.file !== null && (await kindOf(target.file)) === 'device';
  const part = target.file === null || isDevice ? null : partOf(target.file);
  const openOutput = (): Writable =>
    target.file === null
      ? process.stdout
      : createWriteStream(part ?? target.file, { flags: 'w' }).on('error', () => {});
  /** Throws what says that the file cannot be written, which is no lost connection. */
  const write = async (output: Writable, bytes: Buffer): Promise<void> => {
    if (output.errored === null && !output.write(bytes)) await once(output, 'drain').catch(() => {});
    if (output.errored !== null) throw explainUnwritable(target.file ?? 'Standard output', output.errored);
  };
  const removePart = (): void => {
    if (part !== null) rmSync(part, { force: true });
  };
  process.on('exit', removePart);
  let output = openOutput();
  try {
    const splitter = target.format === 'xlsx' ? null : createRecordSplitter(target.format);
    let failedAtMs: number | null = null;
    let mostBytes = 0;
    for (;;) {
      let received = 0;
      try {
        const call = { retryMs, ...(signal === undefined ? {} : { signal }) };
        const { body } = await client.open(pathOf(jobId, target, splitter?.lastRow() ?? 0), call);
        for await (const chunk of body as AsyncIterable<Buffer>) {
          const bytes = splitter === null ? chunk : splitter.push(chunk);
          received += bytes.length;
          if (bytes.length > 0) await write(output, bytes);
        }
        const rest = splitter?.end() ?? null;
        if (rest !== null && rest.length > 0) await write(output, rest);
        break;
      } catch (error) {
        if (signal?.aborted === true || !isConnectionLost(error)) throw error;
        // A part of an XLSX file cannot be continued: it comes from its start again, and is farther if more of it has come.
        if (received > (splitter === null ? mostBytes : 0) || failedAtMs === null)
          failedAtMs = performance.now();
        mostBytes = Math.max(mostBytes, received);
        // Standard output cannot be emptied.
        const isStuck = splitter === null && target.file === null && received > 0;
        if (isStuck || performance.now() - failedAtMs >= retryMs) {
          throw explainConnectionFault(error, client.url);
        }
        print.note('The connection broke. The download goes on.', { event: 'reconnecting' });
        splitter?.cut();
        if (splitter === null && target.file !== null) {
          await finish(output);
          output = openOutput();
        }
        await sleep(500);
      }
    }
    if (output !== process.stdout) await finish(output);
    if (part !== null && target.file !== null) await rename(part, target.file);
  } catch (error) {
    if (output !== process.stdout) output.destroy();
    removePart();
    throw explainUnwritable(target.file ?? 'Standard output', error);
  } finally {
    process.off('exit', removePart);
  }
};

const partOf = (file: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);

const finish = async (output: Writable): Promise<void> => {
  output.end();
  await finished(output);
};
