import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useSession } from '../app/session.js';
import type { TypedDocumentString } from './operations.js';
import { RequestError } from './request-error.js';
import { textOf } from './client.js';

export type ReadOptions = {
  /** Reads nothing while it is false. */
  enabled?: boolean;
  /** Reads once, and again only after a change; for what does not change by itself. */
  once?: boolean;
};

export type Reading<Data> = {
  /** The last data, also that of other variables while the new ones are read. */
  data: Data | undefined;
  /** Why the gateway refused; null otherwise. A gateway that does not answer is reported by the shell. */
  refusal: string | null;
  /** Whether nothing was read so far. */
  isLoading: boolean;
  /** Whether the data are those of other variables. */
  isStale: boolean;
};

/** Where the data of a query are kept. */
export const readingKey = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): readonly [string, Variables] => [textOf(document), variables];

/** Reads a query, and again every ten seconds. */
export const useReading = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { enabled = true, once = false }: ReadOptions = {},
): Reading<Data> => {
  const { client } = useSession();
  const result = useQuery({
    queryKey: readingKey(document, variables),
    queryFn: ({ signal }) => client.send(document, variables, { signal }),
    placeholderData: keepPreviousData,
    enabled,
    ...(once ? { refetchInterval: false as const, staleTime: Infinity } : {}),
  });
  const refusal = refusalOf(result.error);
  return {
    data: refusal === null ? result.data : undefined,
    refusal,
    isLoading: result.isPending && enabled,
    isStale: result.isPlaceholderData,
  };
};

/** Reads a query at once, whatever its age; the page shows what it returns. Rejects with RequestError. */
export const useReadNow = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
): ((variables: Variables) => Promise<Data>) => {
  const { client } = useSession();
  const queries = useQueryClient();
  return async (variables) => {
    const queryKey = readingKey(document, variables);
    // A read that has begun may not have what was changed since.
    await queries.cancelQueries({ queryKey, exact: true });
    return queries.fetchQuery({
      queryKey,
      queryFn: ({ signal }) => client.send(document, variables, { signal }),
      staleTime: 0,
      retry: false,
    });
  };
};

/** Why the gateway refused; null for no error, and where it did not answer. */
export const refusalOf = (error: Error | null): string | null =>
  error === null || (error instanceof RequestError && error.kind !== 'REFUSED') ? null : error.message;

/**
 * A change: `run` sends the mutation, and afterwards everything on the page is read again. Rejects with RequestError. An
 * `idempotencyKey` lets the caller repeat it safely.
 */
export const useChange = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
): { run: (variables: Variables, idempotencyKey?: string) => Promise<Data>; isRunning: boolean } => {
  const { client, signOut } = useSession();
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ variables, idempotencyKey }: { variables: Variables; idempotencyKey?: string }) =>
      client.send(document, variables, idempotencyKey === undefined ? {} : { idempotencyKey }),
    onError: (error) => {
      if (error instanceof RequestError && error.kind === 'SIGNED_OUT') signOut(error.message);
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    run: (variables, idempotencyKey) =>
      mutation.mutateAsync({ variables, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }),
    isRunning: mutation.isPending,
  };
};
