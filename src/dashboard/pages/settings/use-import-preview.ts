import { useMemo } from 'preact/hooks';
import { ImportUnlocksDocument, type ImportUnlocksMutation, type Operation } from '../../api/operations.js';
import { type Reading, useReading } from '../../api/use-operation.js';
import { asItIs, chunksOf, type ImportFile, type Mapping } from './import-file.js';
import { inFile } from './use-import-run.js';

type Result = ImportUnlocksMutation['importUnlocks'];
export type Kind = Extract<Operation, 'COMPANY' | 'PERSON'>;

/** How many lines are sent to find out what a file has. */
export const previewLines = 200;

/** What a file seems to have, by its first lines, for each kind of record. Nothing is imported. */
export const useSuggestions = (
  file: ImportFile,
  connection: string,
): Record<Kind, Reading<{ importUnlocks: Result }>> => {
  const csv = useMemo(() => asItIs(file, previewLines + 1).csv, [file]);
  const read = (operation: Kind) => ({ input: { connection, operation, csv, dryRun: true } });
  return {
    COMPANY: useReading(ImportUnlocksDocument, read('COMPANY'), { once: true }),
    PERSON: useReading(ImportUnlocksDocument, read('PERSON'), { once: true }),
  };
};

/** The kind of which the file has ids; null if it has ids of both, or of neither. */
export const suggestedKind = (suggestions: ReturnType<typeof useSuggestions>): Kind | null => {
  const has = (kind: Kind): boolean => (suggestions[kind].data?.importUnlocks.imported ?? 0) > 0;
  if (has('COMPANY') === has('PERSON')) return null;
  return has('COMPANY') ? 'COMPANY' : 'PERSON';
};

/** What each column holds, as the gateway reads the headings. Where it finds no ids, the first line is taken for headings. */
export const suggestedMapping = (file: ImportFile, { columns }: Result): Mapping => {
  const hasHeadings = columns.length === 0 || columns.some(({ heading }) => heading !== null);
  const length = hasHeadings ? (file.rows[0]?.cells.length ?? 0) : file.width;
  const kinds = Array.from(
    { length },
    (_, at) => columns.find(({ number }) => number === at + 1)?.kind ?? null,
  );
  return { kinds, hasHeadings };
};

/** What the first lines would give with a mapping, by the lines of the file. Nothing is imported. */
export const usePreview = (
  file: ImportFile,
  { connection, operation, mapping }: { connection: string; operation: Kind; mapping: Mapping },
): Reading<Result> => {
  const [chunk] = useMemo(
    () => chunksOf(file, mapping, previewLines + (mapping.hasHeadings ? 1 : 0)),
    [file, JSON.stringify(mapping)],
  );
  const input = { connection, operation, csv: chunk?.csv ?? '', dryRun: true };
  const reading = useReading(ImportUnlocksDocument, { input }, { once: true, enabled: chunk !== undefined });
  const result = reading.data?.importUnlocks;
  return {
    ...reading,
    data:
      result === undefined || chunk === undefined
        ? undefined
        : {
            ...result,
            invalid: inFile(result.invalid, chunk),
            unparsedIdentifiers: inFile(result.unparsedIdentifiers, chunk),
          },
  };
};
