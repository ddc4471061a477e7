import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { readDocument, root } from '../contracts/read-docs.js';

/** The code blocks of one language in a section of the page about clients, in order. */
export const snippetsIn = (section: string, language: string): string[] => {
  const page = readDocument('docs/clients.md');
  const [, text = ''] =
    new RegExp(`^## ${section}\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(page) ?? [];
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, code = '']) => code,
  );
};

export type Folder = {
  path: string;
  write: (file: string, text: string) => void;
  /** Runs a program in the folder and returns what it prints. Throws with its output if it fails. */
  run: (program: string, args: string[], token?: string) => Promise<string>;
  remove: () => void;
};

/** A folder inside the checkout, so that its files find the packages of the tests. */
export const makeFolder = (name: string): Folder => {
  const folder = path.join(root, 'node_modules', '.cache', 'clients', `${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  write('package.json', '{"type":"module"}');
  return {
    path: folder,
    write,
    run: async (program, args, token = '') => {
      const env = { ...process.env, TOKEN: token, NODE_ENV: 'development' };
      const running = promisify(execFile)(program, args, { cwd: folder, env });
      const { stdout } = await running.catch((error: { stdout: string; stderr: string }) => {
        throw new Error(`${program} failed: ${error.stdout}${error.stderr}`, { cause: error });
      });
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Runs a snippet as a module against a gateway, and returns the JSON that it prints last. */
export const runSnippet = async (
  folder: Folder,
  file: string,
  code: string,
  { url, token }: { url: string; token: string },
): Promise<unknown> => {
  folder.write(file, code.replaceAll('http://127.0.0.1:4000', url));
  const printed = await folder.run(process.execPath, ['--import', 'tsx', file], token);
  const answer: unknown = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  return answer;
};
