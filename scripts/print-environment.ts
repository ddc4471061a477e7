import { listVariables } from '../src/config/config.js';

/** The text of `.env.example`: every variable with its meaning and, commented out, its default. */
export const printEnvironment = (): string => {
  const blocks = listVariables().map(
    ({ name, meaning, default: value }) => `# ${meaning}\n# ${name}=${value ?? ''}\n`,
  );
  return `${introduction}\n${blocks.join('\n')}`;
};

/** The same as the table of the README. */
export const printVariableTable = (): string => {
  const rows = listVariables().map(
    ({ name, meaning, default: value }) =>
      `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${meaning} |`,
  );
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
};

const introduction = `# Every variable the gateway reads, with its default. Generated from src/config/config.ts: npm run generate:env
# The gateway reads the environment only; to use a file: node --env-file=.env dist/src/main.js
`;
