import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { createDocumentCache } from './document-cache.js';

/**
 * Parses and validates a document once, for as long as it is among the last ones used. In place of Yoga's own cache,
 * which counts documents and not their bytes. Documents that cannot be parsed are not kept: that costs no more than a
 * new one would.
 */
export const useDocumentCache = (bytesMax: number): Plugin => {
  const documents = createDocumentCache(bytesMax);
  const judged = new WeakMap<DocumentNode, readonly Error[]>();
  return {
    onParse: ({ params, setParsedDocument }) => {
      const text = params.source.toString();
      const known = documents.get(text);
      if (known !== undefined) {
        setParsedDocument(known);
        return;
      }
      return ({ result }) => {
        if (result !== null && !(result instanceof Error)) documents.keep(text, result);
      };
    },
    // There is one schema, so a document is valid or not for good.
    onValidate: ({ params, setResult }) => {
      const known = judged.get(params.documentAST);
      if (known !== undefined) {
        setResult(known);
        return;
      }
      return ({ result }) => {
        judged.set(params.documentAST, result);
      };
    },
  };
};
