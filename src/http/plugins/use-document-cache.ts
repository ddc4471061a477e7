import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';

/**
 * Parses and validates a document once, as long as it is in the cache. It replaces Yoga's own cache, which counts
 * documents instead of bytes. Documents with syntax errors are not cached.
 */
export const useDocumentCache = (bytesMax: number): Plugin => {
  const documents = createDocumentCache(bytesMax);
  const validated = new WeakMap<DocumentNode, readonly Error[]>();
  return {
    onParse: ({ params, setParsedDocument }) => {
      const text = params.source.toString();
      const cached = documents.get(text);
      if (cached !== undefined) {
        setParsedDocument(cached);
        return;
      }
      return ({ result }) => {
        if (result !== null && !(result instanceof Error)) documents.set(text, result);
      };
    },
    // There is one schema, so a document stays valid or invalid.
    onValidate: ({ params, setResult }) => {
      const errors = validated.get(params.documentAST);
      if (errors !== undefined) {
        setResult(errors);
        return;
      }
      return ({ result }) => {
        validated.set(params.documentAST, result);
      };
    },
  };
};

/**
 * Parsed documents by their text. Limited by bytes, because documents of the largest size allowed take six megabytes
 * each and usual ones a few kilobytes.
 */
export const createDocumentCache = (bytesMax: number): LRUCache<string, DocumentNode> =>
  new LRUCache({ maxSize: bytesMax, sizeCalculation: (document, text) => bytesOf(text, document) });

// A token with its node, its location and what the executor memoizes for it: 240 to 480 bytes were measured.
const tokenBytes = 500;

const bytesOf = (text: string, document: DocumentNode): number => {
  let tokens = 0;
  for (let token = document.loc?.startToken ?? null; token !== null; token = token.next) tokens += 1;
  return 2 * text.length + tokens * tokenBytes;
};
