// Writes the types and documents of the dashboard's operations (src/dashboard/**/*.graphql) to
// src/dashboard/api/operations.ts, which is not in the repository. The build and the checks run it first. Plain JavaScript,
// because it runs before there is a build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as documents from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, validate } from 'graphql';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'src', 'dashboard');
const output = path.join(source, 'api', 'operations.ts');

const schemaText = readFileSync(path.join(root, 'schema', 'api.graphql'), 'utf8');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.graphql'))
  .toSorted()
  .map((name) => {
    const location = path.join(source, name);
    return { location, document: parse(readFileSync(location, 'utf8')) };
  });

const all = { kind: 'Document', definitions: files.flatMap(({ document }) => document.definitions) };
const faults = validate(buildSchema(schemaText), all);
if (faults.length > 0) {
  const lines = faults.map(({ message, nodes }) => {
    const node = nodes?.[0];
    const file = files.find(({ document }) =>
      document.definitions.some(({ loc }) => loc?.source === node?.loc?.source),
    );
    return `${path.relative(root, file?.location ?? source)}: ${message}`;
  });
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

const text = await codegen({
  schema: parse(schemaText),
  documents: files,
  filename: output,
  config: {},
  plugins: [
    {
      operations: {
        enumType: 'string-literal',
        // Dates, identifiers and the like are strings in JSON.
        scalars: {
          ID: 'string',
          DateTime: 'string',
          Duration: 'string',
          TimeZone: 'string',
          JSON: 'unknown',
        },
        skipTypename: true,
        useTypeImports: true,
      },
    },
    {
      documents: {
        documentMode: 'string',
        useTypeImports: true,
        dedupeFragments: true,
      },
    },
  ],
  pluginMap: { operations, documents },
});

const before = (() => {
  try {
    return readFileSync(output, 'utf8');
  } catch {
    return '';
  }
})();
// An unchanged file keeps its time, so that a start does not build again.
if (before !== text) writeFileSync(output, text);
