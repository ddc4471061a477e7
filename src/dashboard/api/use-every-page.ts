import { useQuery } from '@tanstack/preact-query';
import { useSession } from '../app/session.js';
import { textOf } from './client.js';
import type { TypedDocumentString } from './operations.js';
import { refusalOf } from './use-operation.js';
import type { ListPage } from './use-pages.js';

const pagesMax = 20;

/**
 * Reads every page of a list: what a form lets people choose from. Up to 2,000 items; undefined until they are read. A
 * refusal reads as an empty list.
 */
export const useEveryPage = <Data, Node>(
  document: TypedDocumentString<Data, { after?: string | null | undefined }>,
  pageIn: (data: Data) => ListPage<Node>,
  { enabled = true }: { enabled?: boolean } = {},
): readonly Node[] | undefined => {
  const { client } = useSession();
  const result = useQuery({
    queryKey: [textOf(document), 'every page'],
    queryFn: async ({ signal }) => {
      const nodes: Node[] = [];
      let after: string | null = null;
      for (let pages = 0; pages < pagesMax; pages += 1) {
        const page: ListPage<Node> = pageIn(await client.send(document, { after }, { signal }));
        nodes.push(...page.nodes);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      return nodes;
    },
    enabled,
    refetchInterval: false,
  });
  return refusalOf(result.error) === null ? result.data : [];
};
