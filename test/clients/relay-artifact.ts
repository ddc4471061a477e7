import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConcreteRequest } from 'relay-runtime';

/**
 * An operation as relay-compiler 21.0.1 compiled it, written as JSON. The compiler is not a dependency, because it has
 * 118 MB of binaries. To add one: run it with `language: javascript` on the operation, and write its default export.
 */
export const relayArtifact = (name: string): ConcreteRequest => {
  const file = path.join(import.meta.dirname, 'relay-artifacts', `${name}.json`);
  const artifact: ConcreteRequest = JSON.parse(readFileSync(file, 'utf8'));
  return artifact;
};
