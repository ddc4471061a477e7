import { readFileSync, writeFileSync } from 'node:fs';
import { settings } from '../src/config/settings.js';

// Writes .env.example and the table of docs/configuration.md from src/config/settings.ts: npm run generate:env
const exampleFile = new URL('../.env.example', import.meta.url);
const docsFile = new URL('../docs/configuration.md', import.meta.url);
const table = /^\| setting \|.*\n(?:\|.*\n)+/m;

/** The text of `.env.example`: every setting with its description and, commented out, its default. */
export const printEnvironment = (): string => {
  const blocks = settings.map(
    ({ name, description, default: value }) => `# ${description}\n# ${name}=${value ?? ''}\n`,
  );
  return `${introduction}\n${blocks.join('\n')}`;
};

/** The table of settings in docs/configuration.md. */
export const printSettingsTable = (): string => {
  const rows = settings.map(
    ({ name, description, default: value }) =>
      `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${description} |`,
  );
  return ['| setting | default | description |', '| --- | --- | --- |', ...rows].join('\n');
};

const introduction = `# Every setting of the gateway, with its default. Generated from src/config/settings.ts: npm run generate:env
# The gateway reads the environment only. To use a file: node --env-file=.env dist/src/main.js
`;

const write = (): void => {
  const text = readFileSync(docsFile, 'utf8');
  if (!table.test(text))
    throw new Error('docs/configuration.md has no table that begins with "| setting |".');
  writeFileSync(exampleFile, printEnvironment());
  writeFileSync(
    docsFile,
    text.replace(table, () => `${printSettingsTable()}\n`),
  );
  console.log('Wrote .env.example and the table of settings in docs/configuration.md.');
};

if (process.argv[1] === import.meta.filename) write();
