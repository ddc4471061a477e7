import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { GatewayError } from '../../errors.js';
import { documentLimits } from '../plugins/limit-document.js';
import { canonicalId, type ListedDocument } from './read-documents-file.js';

/** `automatic`: clients register documents. `allowlist`: only listed documents run. `off`: none are stored. */
export type DocumentsMode = 'automatic' | 'allowlist' | 'off';

/** The documents that clients may name by an id. */
export type Documents = {
  mode: DocumentsMode;
  /** The text of an id: a listed document, or one that the workspace has registered. */
  find: (workspaceId: string, id: string) => string | null;
  /** Whether there are documents that only a file can add. */
  hasListed: boolean;
  isListed: (text: string) => boolean;
  /**
   * Registers a document under its SHA-256 (automatic persisted queries). Throws BAD_REQUEST if the hash is another's, so
   * that nobody gets another document than the one they hashed.
   */
  register: (workspaceId: string, hash: string, text: string) => void;
};

const registeredBytesMax = 16_000_000;

/**
 * Creates the documents of this process. Registered ones are held in memory, by workspace, up to 16 MB; the least recently
 * used are dropped. A client whose document is unknown sends it again, also to another instance.
 */
export const createDocuments = (mode: DocumentsMode, listed: readonly ListedDocument[]): Documents => {
  const byId = new Map(listed.map(({ id, text }) => [canonicalId(id), text]));
  const texts = new Set(byId.values());
  const registered = new LRUCache<string, string>({
    maxSize: registeredBytesMax,
    sizeCalculation: (text, key) => 2 * (text.length + key.length),
  });
  return {
    mode,
    hasListed: byId.size > 0,
    isListed: (text) => texts.has(text),
    find: (workspaceId, id) => {
      const key = canonicalId(id);
      return byId.get(key) ?? (isHash(key) ? registered.get(`${workspaceId} ${key}`) : null) ?? null;
    },
    register: (workspaceId, hash, text) => {
      if (mode !== 'automatic' || byId.get(canonicalId(hash)) === text) return;
      const key = canonicalId(hash);
      if (createHash('sha256').update(text).digest('hex') !== key) throw otherHash();
      // A longer one is refused before it is parsed.
      if (text.length <= documentLimits.lengthMax) registered.set(`${workspaceId} ${key}`, text);
    },
  };
};

const isHash = (id: string): boolean => /^[0-9a-f]{64}$/.test(id);

const otherHash = (): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'extensions.persistedQuery.sha256Hash is not the SHA-256 of query: send the hash of exactly this text, in lower-case hexadecimal digits.',
  );
