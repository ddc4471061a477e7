import type { Account } from './open-accounts.js';
import type { SandboxKey } from './read-key.js';
import type { Reply } from './reply.js';

/** One complete request. `body` is null where it was longer than the sandbox reads. */
export type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  /** By its lower-case name; null where it was not sent. */
  header: (name: string) => string | null;
  body: string | null;
};

export type Answered = { reply: Reply; key: SandboxKey | null };

/** One provider's API: from a request to a reply, with its accounts. */
export type Answerer = {
  answer: (request: Request) => Answered;
  accountOf: (key: SandboxKey) => Account;
};

/** The options of a provider's API. */
export type AnswererOptions = {
  creditsPerAccount: number;
  /** Milliseconds since 1970. */
  nowMs: () => number;
};
