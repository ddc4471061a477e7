import { keepPreviousData, useInfiniteQuery } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import { useSession } from '../app/session.js';
import { textOf } from './client.js';
import type { TypedDocumentString } from './operations.js';
import { type Reading, refusalOf } from './use-operation.js';

/** A page of a list of the API. */
export type ListPage<Row> = {
  nodes: readonly Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount?: number | null;
};

export type PagesReading<Row> = Reading<readonly Row[]> & {
  /** Of all pages, if the query reads it. */
  totalCount: number | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
};

/** Where the pages of a list are kept, whatever its variables are. */
export const pagesKey = <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
): readonly string[] => ['pages', textOf(document)];

/**
 * Reads a list page by page: the first one, and each further one after `loadMore`. All that were loaded are read again
 * every ten seconds. `listIn` finds the list in the data; `after` is passed as a variable.
 */
export const usePages = <Data, Variables extends { after?: string | null | undefined }, Row>(
  document: TypedDocumentString<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  listIn: (data: Data) => ListPage<Row>,
  { enabled = true }: { enabled?: boolean } = {},
): PagesReading<Row> => {
  const { client } = useSession();
  const result = useInfiniteQuery({
    queryKey: [...pagesKey(document), variables],
    queryFn: ({ pageParam, signal }) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Omit took away is added again
      const wanted = { ...variables, after: pageParam } as unknown as Variables;
      return client.send(document, wanted, { signal });
    },
    initialPageParam: nothing,
    getNextPageParam: (last) => {
      const { hasNextPage, endCursor } = listIn(last).pageInfo;
      return hasNextPage ? endCursor : null;
    },
    placeholderData: keepPreviousData,
    enabled,
  });
  const refusal = refusalOf(result.error);
  const pages = refusal === null ? result.data?.pages : undefined;
  const last = pages?.at(-1);
  return {
    totalCount: last === undefined ? null : (listIn(last).totalCount ?? null),
    data: pages?.flatMap((page) => listIn(page).nodes),
    refusal,
    isLoading: result.isPending && enabled,
    isStale: result.isPlaceholderData,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
  };
};

const nothing: string | null = null;

/** Reads all pages of a list, one after the other, where a choice or a count needs all of them. */
export const useAllPages = <Row>(reading: PagesReading<Row>): PagesReading<Row> => {
  const { hasMore, isLoadingMore, loadMore } = reading;
  useEffect(() => {
    if (hasMore && !isLoadingMore) loadMore();
  }, [hasMore, isLoadingMore]);
  return reading;
};
