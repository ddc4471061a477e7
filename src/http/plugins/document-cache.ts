import type { DocumentNode } from 'graphql';

export type Documents = {
  get: (text: string) => DocumentNode | undefined;
  keep: (text: string, document: DocumentNode) => void;
};

/**
 * Keeps parsed documents by their text, as many as fit into about `bytesMax`; the one that was longest not asked for goes
 * first, and one that would not fit alone is not kept. Counted by bytes because documents of the largest size allowed
 * are six megabytes each, and usual ones a few kilobytes.
 */
export const createDocumentCache = (bytesMax: number): Documents => {
  const kept = new Map<string, { document: DocumentNode; bytes: number }>();
  let bytesKept = 0;

  const drop = (text: string): void => {
    bytesKept -= kept.get(text)?.bytes ?? 0;
    kept.delete(text);
  };

  return {
    get: (text) => {
      const found = kept.get(text);
      if (found === undefined) return undefined;
      kept.delete(text);
      kept.set(text, found);
      return found.document;
    },
    keep: (text, document) => {
      const bytes = bytesOf(text, document);
      drop(text);
      if (bytes > bytesMax) return;
      kept.set(text, { document, bytes });
      bytesKept += bytes;
      for (const oldest of kept.keys()) {
        if (bytesKept <= bytesMax) break;
        drop(oldest);
      }
    },
  };
};

// A token with its node, its places and what the executor remembers of it: 240 to 480 bytes were measured.
const tokenBytes = 500;

const bytesOf = (text: string, document: DocumentNode): number => {
  let tokens = 0;
  for (let token = document.loc?.startToken ?? null; token !== null; token = token.next) tokens += 1;
  return 2 * text.length + tokens * tokenBytes;
};
