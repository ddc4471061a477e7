import { spawnSync } from 'node:child_process';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { relayArtifact } from './relay-artifact.js';
import { type Folder, makeFolder, runSnippet, snippetsIn } from './snippets.js';

let gateway: TestGateway;
let folder: Folder;
beforeAll(async () => {
  gateway = await startGateway();
  folder = makeFolder('snippets');
});
afterAll(async () => {
  folder.remove();
  await gateway.close();
});

/** The snippets of a client on the page, run one after the other; each begins with a record that is not bought. */
const run = async (section: string, at = 0): Promise<unknown> => {
  const code = snippetsIn(section, 'ts')[at] ?? '';
  expect(code).toContain('http://127.0.0.1:4000/graphql');
  return runSnippet(folder, `${section.replaceAll(/\W/g, '-')}-${at}.ts`, code, gateway);
};
const company = { id: flagship.id, name: flagship.name, employeeCount: expect.any(Number) };

it('finds a company when the snippet of urql runs', async () => {
  expect(await run('urql')).toMatchObject({ outcome: 'FOUND', company, problem: null });
});

it('shows both countries when the snippet of Graphcache runs', async () => {
  const { au, nz } = JSON.parse(JSON.stringify(await run('urql', 1)));
  expect([au.company.recordId, nz.company.recordId]).toEqual([flagship.id, flagship.id]);
  expect([au.company.id, nz.company.id]).toEqual([flagship.id, `${flagship.id}@NZ`]);
  expect(au.company.employeeCount).not.toBe(nz.company.employeeCount);
});

it('finds a company when the snippet of Apollo Client runs', async () => {
  expect(await run('Apollo Client')).toMatchObject({ company: { outcome: 'FOUND', company } });
});

it('finds a company when the snippet of Relay runs with a compiled operation', async () => {
  const [tagged = ''] = snippetsIn('Relay', 'js');
  const artifact = relayArtifact('LookUpQuery');
  const compiled = artifact.params.text ?? '';
  expect(print(parse(/`([\s\S]*)`/.exec(tagged)?.[1] ?? ''))).toBe(print(parse(compiled)));
  folder.write('__generated__/LookUpQuery.graphql.js', `export default ${JSON.stringify(artifact)};`);
  expect(await run('Relay')).toMatchObject({ company: { outcome: 'FOUND', company } });
});

it('finds a company when the snippet of graphql-request runs', async () => {
  expect(await run('graphql-request')).toMatchObject({ company: { outcome: 'FOUND', company } });
});

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
if (python === undefined) console.warn('PYTHON IS NOT INSTALLED: its snippet is not tested.');

it.runIf(python !== undefined)('finds a company when the snippet of Python runs', async () => {
  const [code = ''] = snippetsIn('Python', 'python');
  folder.write('look_up.py', code.replaceAll('http://127.0.0.1:4000', gateway.url));
  const printed: unknown = JSON.parse(await folder.run(python ?? '', ['look_up.py'], gateway.token));
  expect(printed).toMatchObject({ outcome: 'FOUND', company: { id: flagship.id, name: flagship.name } });
});
