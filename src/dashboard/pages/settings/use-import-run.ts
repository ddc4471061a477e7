import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ImportUnlocksDocument, type ImportUnlocksMutation, type Operation } from '../../api/operations.js';
import { messageOf, RequestError } from '../../api/request-error.js';
import { useSession } from '../../app/session.js';
import { newId } from '../../ui/new-id.js';
import type { Chunk } from './import-file.js';

export type LineFault = ImportUnlocksMutation['importUnlocks']['invalid'][number];

/** What is imported: chunks of one request each. */
type Plan = { id: string; connection: string; operation: Operation; chunks: readonly Chunk[] };

export type ImportRun = {
  /** Lines of the file, and those whose request was answered. */
  lines: number;
  linesDone: number;
  imported: number;
  alreadyKnown: number;
  /** By the lines of the file. */
  refused: readonly LineFault[];
  unparsed: readonly LineFault[];
  state: 'RUNNING' | 'FAILED' | 'DONE';
  /** Why it stopped; '' while it has not. */
  failure: string;
};

type ImportRunner = {
  run: ImportRun | null;
  start: (plan: Omit<Plan, 'id'>) => void;
  /** Goes on after a failure. The request that failed is sent again under its key, so that nothing is done twice. */
  resume: () => void;
  forget: () => void;
};

/** Sends the chunks of a file one after the other. It stops when the page is left. */
export const useImportRun = (): ImportRunner => {
  const { client, signOut } = useSession();
  const queries = useQueryClient();
  const [run, setRun] = useState<ImportRun | null>(null);
  const latest = useRef<{ plan: Plan; next: number; run: ImportRun } | null>(null);
  useEffect(
    () => () => {
      latest.current = null;
    },
    [],
  );

  const show = (plan: Plan, next: number, shown: ImportRun): void => {
    latest.current = { plan, next, run: shown };
    setRun(shown);
  };

  const proceed = async (plan: Plan, from: number, before: ImportRun): Promise<void> => {
    let now = { ...before, state: 'RUNNING', failure: '' } as ImportRun;
    show(plan, from, now);
    for (const [at, chunk] of plan.chunks.entries()) {
      if (at < from) continue;
      const { connection, operation } = plan;
      try {
        const { importUnlocks: result } = await client.send(
          ImportUnlocksDocument,
          { input: { connection, operation, csv: chunk.csv } },
          { idempotencyKey: `${plan.id}-${at}` },
        );
        if (latest.current?.plan !== plan) return;
        if (result.userErrors.length > 0) {
          const failure = result.userErrors.map(({ message }) => message).join(' ');
          show(plan, at, { ...now, state: 'FAILED', failure });
          return;
        }
        now = add(now, chunk, result);
      } catch (error) {
        if (latest.current?.plan !== plan) return;
        if (error instanceof RequestError && error.kind === 'SIGNED_OUT') signOut(error.message);
        else show(plan, at, { ...now, state: 'FAILED', failure: messageOf(error) });
        return;
      }
      show(plan, at + 1, now);
    }
    show(plan, plan.chunks.length, { ...now, state: 'DONE' });
    await queries.invalidateQueries();
  };

  return {
    run,
    start: (given) => {
      const plan = { ...given, id: newId() };
      const lines = plan.chunks.reduce((sum, chunk) => sum + chunk.lines.length, 0);
      void proceed(plan, 0, { ...nothingDone, lines });
    },
    resume: () => {
      const at = latest.current;
      if (at !== null) void proceed(at.plan, at.next, at.run);
    },
    forget: () => {
      latest.current = null;
      setRun(null);
    },
  };
};

const nothingDone: ImportRun = {
  lines: 0,
  linesDone: 0,
  imported: 0,
  alreadyKnown: 0,
  refused: [],
  unparsed: [],
  state: 'RUNNING',
  failure: '',
};

const add = (run: ImportRun, chunk: Chunk, result: ImportUnlocksMutation['importUnlocks']): ImportRun => ({
  ...run,
  linesDone: run.linesDone + chunk.lines.length,
  imported: run.imported + result.imported,
  alreadyKnown: run.alreadyKnown + result.alreadyKnown,
  refused: [...run.refused, ...inFile(result.invalid, chunk)],
  unparsed: [...run.unparsed, ...inFile(result.unparsedIdentifiers, chunk)],
});

/** The same faults by the lines of the file. The first line of a chunk has its headings. */
export const inFile = (faults: readonly LineFault[], { lines }: Chunk): LineFault[] =>
  faults.map((fault) => ({ ...fault, line: lines[fault.line - 2] ?? fault.line }));
