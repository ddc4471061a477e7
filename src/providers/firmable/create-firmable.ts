import type { Log } from '../../platform/log.js';
import type { Call, Found, NoRecord, OddField, Provider } from '../provider.js';
import { type Asked, askFirmable } from './ask-firmable.js';
import { broken, unreadable } from './classify-answer.js';
import { createSender, type WireRequest } from './create-sender.js';
import { isSandboxKey, keyHelp, parseKey } from './parse-key.js';
import { readCompany } from './read-company.js';
import { readPeoplePage } from './read-people-page.js';
import { readPerson } from './read-person.js';
import { companyRequest, personRequest, searchRequest, verifySearch } from './to-request.js';

export type FirmableOptions = {
  baseUrl: string;
  /** Where sandbox keys go; null: nowhere. */
  sandboxBaseUrl: string | null;
  log: Log;
  requestsPerSecond?: number;
  connectTimeoutMs?: number;
  /** For one question with its redirects, retries and waits, from its first turn on. */
  totalTimeoutMs?: number;
  /** The longest body read, unpacked. */
  bodyBytesMax?: number;
};

/**
 * The client of Firmable's API: every question is one value back (`Found`, or why there is nothing), whatever the
 * network or the upstream does. It rejects only where `call.turn` rejects with something other than RATE_LIMITED.
 * Nothing is connected until the first question. Source of the behaviour: Firmable's OpenAPI document and measurements
 * of the live API in August 2026.
 */
export const createFirmable = (options: FirmableOptions): Provider => {
  const { log, totalTimeoutMs = 20_000 } = options;
  const limits = {
    connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
    bodyBytesMax: options.bodyBytesMax ?? 5_000_000,
  };
  const real = createSender(new URL(options.baseUrl), limits);
  const sandbox =
    options.sandboxBaseUrl === null ? null : createSender(new URL(options.sandboxBaseUrl), limits);

  const ask = async (call: Call, request: WireRequest): Promise<Asked> => {
    const sender = isSandboxKey(call.key) ? sandbox : real;
    if (sender === null) return broken(false, 'the sandbox is off');
    return await askFirmable(sender, call, request, totalTimeoutMs);
  };

  const noteOdd = (operation: string, oddFields: OddField[]): void => {
    if (oddFields.length === 0) return;
    log.warn({ provider: 'FIRMABLE', operation, oddFields }, 'fields of an unexpected type were left out');
  };

  const find = async <Record>(
    operation: string,
    call: Call,
    request: WireRequest,
    read: (body: unknown) => { record: Record; oddFields: OddField[] } | null,
  ): Promise<Found<Record> | NoRecord> => {
    const asked = await ask(call, request);
    if (asked.kind !== 'BODY') return asked;
    const found = read(asked.body);
    if (found === null) return unreadable('a record without a usable id');
    noteOdd(operation, found.oddFields);
    return { kind: 'FOUND', ...found, raw: asked.body };
  };

  return {
    name: 'FIRMABLE',
    title: 'Firmable',
    price: 1n,
    requestsPerSecond: options.requestsPerSecond ?? 50,
    keyHelp,
    parseKey,
    isSandboxKey,
    findCompany: async (call, lookup) => await find('COMPANY', call, companyRequest(lookup), readCompany),
    findPerson: async (call, lookup) => await find('PERSON', call, personRequest(lookup), readPerson),
    searchPeople: async (call, search) => {
      const asked = await ask(call, searchRequest(search));
      if (asked.kind !== 'BODY') return asked;
      const page = readPeoplePage(asked.body, search);
      if (page === null) return unreadable('a search without a list');
      noteOdd('SEARCH', page.oddFields);
      return page;
    },
    readCompany,
    readPerson,
    verify: async (call) => {
      const asked = await ask(call, searchRequest(verifySearch));
      // To be told that there is no such company, one must have been let in.
      if (asked.kind === 'NOT_FOUND') return { kind: 'ACCEPTED' };
      if (asked.kind !== 'BODY') return asked;
      const page = readPeoplePage(asked.body, verifySearch);
      return page === null ? unreadable('a search without a list') : { kind: 'ACCEPTED' };
    },
    close: async () => {
      await Promise.all([real.close(), sandbox?.close()]);
    },
  };
};
