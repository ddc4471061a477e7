import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { readDocument } from '../contracts/read-docs.js';
import { runBuilt, spawnGateway } from '../support/gateway.js';

const run = (...[command = '', ...args]: string[]) => runBuilt(command, {}, args);

it('lists the subcommands and the exit codes when --help is given', async () => {
  const { code, output } = await run('--help');
  expect(code).toBe(0);
  for (const name of [
    'start',
    'verify',
    'resolve-presumed-charges',
    'rotate-encryption-keys',
    'workspace',
    'token',
    'import-unlocks',
    'enrich',
    'jobs',
    'usage',
    'balance',
    'lookup',
  ]) {
    expect(output).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
  expect(output).toContain('Exit codes: 0 success, 1 failure, 2 wrong usage.');
});

it.each([
  ['start'],
  ['verify'],
  ['resolve-presumed-charges'],
  ['rotate-encryption-keys'],
  ['workspace'],
  ['workspace', 'list'],
  ['workspace', 'create'],
  ['workspace', 'plan'],
  ['token'],
  ['token', 'list'],
  ['token', 'create'],
  ['token', 'update'],
  ['token', 'rotate'],
  ['token', 'revoke'],
  ['import-unlocks'],
  ['lookup', 'company'],
  ['jobs', 'download'],
  ['enrich'],
])('shows the usage and an example when --help follows %s %s', async (...command) => {
  const { code, output } = await run(...command, '--help');
  expect(code).toBe(0);
  expect(output).toMatch(new RegExp(`^Usage: firmable-gateway ${command.join(' ')}\\b`));
  expect(output).toMatch(new RegExp(`^  \\$ .*firmable-gateway ${command.join(' ')}`, 'm'));
});

it.each([
  ['the subcommand is unknown', ['audit']],
  ['an option is unknown', ['verify', '--fast']],
  ['there are too many arguments', ['start', 'now']],
])('exits with 2 and shows what is wrong when %s', async (_, args) => {
  const { code, output } = await run(...args);
  expect(code).toBe(2);
  expect(output).toMatch(/^(?:error: .+\n\(add --help for the usage\)\n|Usage: )/);
});

it('reports every fault of the environment in one line each when a setting is wrong', async () => {
  const { code, output } = await runBuilt('verify', { PORT: 'canary', ASK_TIMEOUT_MS: 'canary' });
  expect(code).toBe(1);
  expect(output).toMatch(/^PORT is .*\nASK_TIMEOUT_MS is .*\n$/);
  expect(output).not.toContain('canary');
});

it.each(['start', null])('starts as src/main.ts does when the subcommand is %s', async (command) => {
  const faults = await Promise.all([
    runBuilt(command, { PORT: 'x' }),
    (async () => {
      const gateway = spawnGateway({ PORT: 'x' });
      return { code: await gateway.exited, output: gateway.output() };
    })(),
  ]);
  expect(faults[0]).toEqual(faults[1]);
  expect(faults[0].code).toBe(1);
});

const longNames = (command: Command): string[] => [
  ...command.options.flatMap(({ long }) => long ?? []),
  ...command.commands.flatMap(longNames),
];

it('documents each option of the commands that call a gateway, and shows only commands that exist', async () => {
  const guide = readDocument('docs/command-line.md');
  const program = await createProgram(['usage']);
  expect(longNames(program).filter((name) => !new RegExp(`${name}\\b`).test(guide))).toEqual([]);
  const shown = [...guide.matchAll(/^(?:\| `|.*\| )?firmable-gateway (.+?)(?:` \|.*| > .*)?$/gm)];
  expect(shown.length).toBeGreaterThan(15);
  for (const [, line = ''] of shown) {
    const words = line.split(' ');
    const outer = program.commands.find((one) => one.name() === words[0]);
    const command = outer?.commands.find((one) => one.name() === words[1]) ?? outer;
    const given = words.filter((word) => word.startsWith('--'));
    expect([line, command === undefined]).toEqual([line, false]);
    expect(given.filter((word) => !command?.options.some(({ long }) => long === word))).toEqual([]);
  }
});
