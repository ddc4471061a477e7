import { InvalidArgumentError } from 'commander';
import { GatewayError } from '../errors.js';
import type { Upload } from './upload-file.js';

const identifiers = ['DOMAIN', 'WEBSITE', 'LINKEDIN', 'ABN', 'WORK_EMAIL', 'PERSONAL_EMAIL', 'ID'];

/** One `--by`: an identifier, and the header of its column or `#` and its position. */
export type By = { identifier: string; column: string };

/** Reads `domain=Website`; may be given several times, the preferred first. Throws InvalidArgumentError. */
export const readBy = (text: string, before: By[] | undefined): By[] => {
  const at = text.indexOf('=');
  const name = text.slice(0, at === -1 ? undefined : at).trim();
  const bare = name.replace(/[_-]/g, '').toUpperCase();
  const identifier = identifiers.find((one) => one.replaceAll('_', '') === bare);
  if (identifier === undefined) {
    const names = identifiers.map((one) => one.toLowerCase().replaceAll('_', '-')).join(', ');
    throw new InvalidArgumentError(`There is no identifier "${name}": choose one of ${names}.`);
  }
  return [...(before ?? []), { identifier, column: at === -1 ? name : text.slice(at + 1).trim() }];
};

/** The columns for `createJob`; without `--by` those that the upload proposes. Throws INVALID_INPUT with the columns there are. */
export const chooseColumns = (
  upload: Upload,
  by: readonly By[],
): { position: number; identifier: string }[] => {
  if (by.length === 0 && upload.mapping.length > 0) {
    return upload.mapping.map(({ position, identifier }) => ({ position, identifier }));
  }
  const names = upload.columns.map(({ name, position }) => `${name} (#${position})`).join(', ');
  if (by.length === 0) {
    throw wrong(`No column was recognized. Name one, such as --by domain="Website". The columns: ${names}.`);
  }
  return by.map(({ identifier, column }) => {
    const named = find(upload, column);
    const [one, another] = named;
    if (one === undefined) throw wrong(`There is no column "${column}". The columns: ${names}.`);
    if (another !== undefined) {
      throw wrong(
        `Several columns are named "${column}": name one by its position, such as #${one.position}.`,
      );
    }
    return { position: one.position, identifier };
  });
};

const bare = (text: string): string => text.trim().toLowerCase();

const find = ({ columns }: Upload, column: string): Upload['columns'] => {
  const exact = columns.filter(({ name }) => name === column);
  if (exact.length > 0) return exact;
  const position = /^#(\d{1,5})$/.exec(column)?.[1];
  if (position !== undefined) return columns.filter((one) => one.position === Number(position));
  return columns.filter(({ name }) => bare(name) === bare(column));
};

/** COMPANY or PERSON by what the columns are, else by what the gateway saw in the file. */
export const guessOperation = (upload: Upload, by: readonly By[]): string => {
  const wanted = by.map(({ identifier }) => identifier);
  if (wanted.some((one) => one.endsWith('_EMAIL'))) return 'PERSON';
  if (wanted.some((one) => ['DOMAIN', 'WEBSITE', 'ABN'].includes(one))) return 'COMPANY';
  return upload.operation ?? 'COMPANY';
};

const wrong = (message: string): GatewayError => new GatewayError('INVALID_INPUT', message);
