import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isEnumType, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { may, type Permission, permissions, roles } from '../../src/access/caller.js';
import { unrestricted } from '../../src/access/scopes.js';
import { settings } from '../../src/config/settings.js';
import { problem, problemCodes, requestCodes } from '../../src/errors.js';
import { printApi } from '../../src/graphql/schema.js';
import * as docs from './read-docs.js';

const documents = docs.readDocuments();
const manifest = z.object({ scripts: z.record(z.string(), z.string()) });
const scripts = Object.keys(manifest.parse(JSON.parse(docs.readDocument('package.json'))).scripts);
const schema = buildSchema(printApi());

/** What `find` sees in any document and `exists` does not know, as lines that say where. */
const unknown = (
  find: (text: string) => string[],
  exists: (word: string, document: string) => boolean,
): string[] =>
  documents.flatMap(({ name, text }) =>
    find(text)
      .filter((word) => !exists(word, name))
      .map((word) => `${name}: ${word}`),
  );

/** Whether a link in a document leads to a file, and to a heading in it. */
const leads = (link: string, document: string): boolean => {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? document : path.join(path.dirname(document), file);
  if (!existsSync(path.join(docs.root, target))) return false;
  return (
    anchor === undefined ||
    docs.anchorsIn(readFileSync(path.join(docs.root, target), 'utf8')).includes(anchor)
  );
};

const firstCells = (document: string): string[] =>
  docs.tableRowsIn(docs.readDocument(document)).map(([first = '']) => first);

describe('the documents', () => {
  it('name only files and folders that exist', () => {
    expect(unknown(docs.pathsIn, (file) => existsSync(path.join(docs.root, file)))).toEqual([]);
  });

  it('link only to what exists', () => {
    expect(unknown(docs.linksIn, leads)).toEqual([]);
  });

  it('name only scripts that exist, and every script', () => {
    const named = documents.flatMap(({ text }) => docs.scriptsIn(text));
    expect(unknown(docs.scriptsIn, (script) => scripts.includes(script))).toEqual([]);
    expect(scripts.filter((script) => !named.includes(script))).toEqual([]);
  });

  it('name only settings and values that exist', () => {
    const words = new Set<string>([
      ...settings.flatMap(({ name, oldName }) => [name, oldName ?? name]),
      'NODE_ENV',
      'NODE_EXTRA_CA_CERTS',
      'MALLOC_ARENA_MAX',
      'MALLOC_TRIM_THRESHOLD_',
      'TEST_DATABASE_URL',
      // Of the commands that call a gateway.
      'FIRMABLE_GATEWAY_URL',
      'FIRMABLE_GATEWAY_TOKEN',
      // The variables that compose.yaml reads.
      ...Array.from(docs.readDocument('compose.yaml').matchAll(/\$\{(\w+)/g), ([, name = '']) => name),
      'METRICS_TOKEN',
      ...readBySdk(),
      ...problemCodes,
      ...requestCodes,
      ...Object.values(schema.getTypeMap())
        .filter(isEnumType)
        .flatMap((type) => type.getValues().map(({ name }) => name)),
      'PENDING_CONFIRMATION',
      // Why a job is paused, where no problem is the reason.
      'NOT_STARTED',
      'BY_USER',
    ]);
    expect(unknown(docs.capitalsIn, (word) => words.has(word))).toEqual([]);
  });

  it('list every problem, and whether to retry', () => {
    const rows = docs
      .tableRowsIn(docs.readDocument('docs/lookups.md'))
      .filter(([, retry]) => retry === 'yes' || retry === 'no');
    const listed = rows.map(([code, retry]) => `${code} ${retry}`).toSorted();
    const actual = problemCodes.map((code) => `\`${code}\` ${problem(code, '').retryable ? 'yes' : 'no'}`);
    expect(listed).toEqual(actual.toSorted());
  });

  it('list every code of a request error', () => {
    const listed = firstCells('docs/api.md');
    for (const code of requestCodes) expect(listed).toContain(`\`${code}\``);
  });

  it.each(['Outcome', 'Charge'])('list every value of %s', (name) => {
    const listed = firstCells('docs/lookups.md');
    const type = schema.getType(name);
    const values = isEnumType(type) ? type.getValues() : [];
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(listed).toContain(`\`${value.name}\``);
  });

  it('list what each role may do', () => {
    const listed = docs
      .tableRowsIn(docs.readDocument('docs/security-model.md'))
      .filter(([first = '']) => permissions.some((permission) => first.startsWith(`\`${permission}\``)))
      .map(([first = '', ...marks]) => [/`(\w+)`/.exec(first)?.[1], ...marks.map((mark) => mark === '✓')]);
    const caller = {
      workspaceId: '',
      workspaceName: '',
      tokenId: '',
      tokenName: '',
      ...unrestricted,
      plan: 'PRO' as const,
      workflow: null,
    };
    const actual = (permission: Permission) => roles.map((role) => may({ ...caller, role }, permission));
    expect(new Map(listed.map(([name, ...marks]) => [name, marks]))).toEqual(
      new Map(permissions.map((permission) => [permission, actual(permission)])),
    );
  });

  it('show only operations that are valid', () => {
    for (const { name, text } of documents) {
      for (const { query } of docs.examplesIn(text)) {
        expect([name, validate(schema, parse(query)).map(({ message }) => message)]).toEqual([name, []]);
      }
    }
  });

  it('keep the README within 250 lines', () => {
    expect(docs.readDocument('README.md').split('\n').length).toBeLessThanOrEqual(251);
  });
});

describe('the reader of documents', () => {
  it('finds each kind of claim', () => {
    const text = [
      'See `src/gone.ts`, `.ci/run` and [this](gone.md#there "title"), not https://a.example/src/x.ts.',
      'Run `npm run gone -- --flag` or `npm test`, with `GONE_URL` or:',
      '```sh\nGONE_TOO=1 npm start\nnpm run gateway -- workspace plan "A" PRO\ncurl -f \\\n  http://a.example\n```',
    ].join('\n');
    expect(docs.pathsIn(text)).toEqual(['src/gone.ts', '.ci/run']);
    expect(docs.linksIn(text)).toEqual(['gone.md#there']);
    expect(docs.scriptsIn(text)).toEqual(['gone', 'test', 'start', 'gateway']);
    expect(docs.commandsIn(text)).toEqual(['workspace plan']);
    expect(docs.curlsIn(text)).toEqual(['curl -f    http://a.example']);
    expect(docs.capitalsIn(text)).toEqual(['GONE_URL', 'GONE_TOO']);
    expect(docs.anchorsIn('# A\n## Connect a real key!\n')).toEqual(['a', 'connect-a-real-key']);
    expect(docs.tableRowsIn('| a | b |\n| --- | --- |\n| `c` | |\n')).toEqual([
      ['a', 'b'],
      ['`c`', ''],
    ]);
  });
});

/** What OpenTelemetry's packages read of the environment. */
const readBySdk = (): string[] => {
  const files = [
    'otlp-exporter-base/build/src/configuration/shared-env-configuration.js',
    'otlp-exporter-base/build/src/configuration/otlp-node-http-env-configuration.js',
    'resources/build/src/detectors/EnvDetector.js',
    'sdk-trace-base/build/src/BatchSpanProcessor-shim.js',
    'sdk-trace-base/build/src/config.js',
  ];
  const names = files.flatMap(
    (file) => docs.readDocument(`node_modules/@opentelemetry/${file}`).match(/OTEL_\w+/g) ?? [],
  );
  // The exporter makes the names of one signal from those of all.
  return [...names, ...names.map((name) => name.replace('OTLP_', 'OTLP_TRACES_'))];
};
