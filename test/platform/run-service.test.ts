import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const program = path.join(import.meta.dirname, 'stubborn-service.ts');

const run = (behaviour: string) => {
  const child = spawn(process.execPath, ['--import', 'tsx', program, behaviour]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = async (): Promise<void> => {
    await expect.poll(() => output, { timeout: 20_000 }).toContain('ready');
  };
  return { child, exited, ready, output: () => output };
};

it('closes what it opened in reverse order when a signal comes', async () => {
  const service = run('obeys');
  await service.ready();
  service.child.kill('SIGTERM');
  expect(await service.exited).toBe(0);
  expect(service.output()).toBe('ready\nsecond closed\nfirst closed\n');
});

it('prints an error of the start, closes what was open by then, and exits with 1', async () => {
  const service = run('fails');
  expect(await service.exited).toBe(1);
  expect(
    service
      .output()
      .split('\n')
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['', 'first closed', 'It is broken: fix it.']);
});

it.each(['gives up', 'never starts'])(
  'closes what is open when a signal comes during a start that %s',
  async (behaviour) => {
    const service = run(behaviour);
    await service.ready();
    service.child.kill('SIGTERM');
    expect(await service.exited).toBe(0);
    expect(service.output()).toBe('ready\nfirst closed\n');
  },
);

it('drops everything at once when a second signal comes', async () => {
  const service = run('hangs');
  await service.ready();
  const again = setInterval(() => service.child.kill('SIGINT'), 100);
  expect(await service.exited).toBe(1);
  clearInterval(again);
  expect(service.output()).toBe('ready\nsecond dropped\nfirst dropped\n');
});

it('drops everything after an unexpected error, and does not print its message', async () => {
  const service = run('breaks later');
  expect(await service.exited).toBe(1);
  expect(service.output()).toContain('second dropped\nfirst dropped\n');
  expect(service.output()).toMatch(/An unexpected error \(Error\): please report it with the lines below/);
  expect(service.output()).not.toContain('canary');
});
