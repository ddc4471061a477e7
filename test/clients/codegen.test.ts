import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../contracts/read-docs.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { type Folder, makeFolder, runSnippet, snippetsIn } from './snippets.js';

let gateway: TestGateway;
let folder: Folder;
beforeAll(async () => {
  gateway = await startGateway();
  folder = makeFolder('codegen');
});
afterAll(async () => {
  folder.remove();
  await gateway.close();
});

type Settings = {
  importExtension: '.js';
  generates: Record<string, { preset: string; config: Record<string, unknown> }>;
};

/**
 * Generates what @graphql-codegen/cli does with this configuration, through the libraries that it calls. The command itself
 * is not a dependency: it has 330 packages, some of which need a newer Node.js.
 */
const generate = async ({ generates, importExtension }: Settings, code: string): Promise<void> => {
  const [generated] = Object.entries(generates);
  if (generated?.[1].preset !== 'client') throw new Error('the page describes another preset');
  const operation = /graphql\(`([\s\S]*?)`\)/.exec(code)?.[1] ?? '';
  const api = readFileSync(path.join(root, 'schema', 'api.graphql'), 'utf8');
  const options = await preset.buildGeneratesSection({
    baseOutputDir: generated[0],
    schema: parse(api),
    schemaAst: buildSchema(api),
    documents: [{ location: 'src/main.ts', document: parse(operation), rawSDL: operation }],
    config: { ...generated[1].config, importExtension },
    presetConfig: {},
    plugins: [],
    pluginMap: {},
  });
  for (const one of options) folder.write(one.filename, await codegen(one));
};

it('types and runs an operation when the code generator has read schema/api.graphql', async () => {
  const [config = '', code = ''] = snippetsIn('GraphQL Code Generator', 'ts');
  const settings = config.replace('export default config;', 'console.log(JSON.stringify(config));');
  const printed: Settings = JSON.parse(
    JSON.stringify(await runSnippet(folder, 'codegen.ts', settings, gateway)),
  );
  await generate(printed, code);
  expect(await runSnippet(folder, 'src/main.ts', code, gateway)).toEqual({
    outcome: 'FOUND',
    count: expect.any(Number),
  });

  const options = { strict: true, noEmit: true, skipLibCheck: true, module: 'nodenext', target: 'es2023' };
  writeFileSync(
    path.join(folder.path, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, types: ['node'] }, include: ['src'] }),
  );
  const compiler = path.join(root, 'node_modules', '.bin', 'tsc');
  expect(await folder.run(compiler, ['-p', '.'])).toBe('');
  // A field that the API does not have is an error of the compiler.
  folder.write('src/main.ts', code.replace('company.outcome', 'company.outcomes'));
  await expect(folder.run(compiler, ['-p', '.'])).rejects.toThrow("Property 'outcomes' does not exist");
});
