/** How many items were written in how many batches. */
export type BatchCount = { items: number; batches: number };

/** The batches that a process has written so far, by what their items are. */
export type Batches = Readonly<Record<'reservation' | 'settlement', BatchCount>>;

/** Reads the batches out of a process's /metrics. */
export const readBatches = async (url: string, token: string | null): Promise<Batches> => {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/metrics`, { headers });
  return parseBatches(await response.text());
};

export const parseBatches = (metrics: string): Batches => {
  const count = (name: string): BatchCount => {
    const read = (part: 'sum' | 'count'): number => {
      const line = new RegExp(`^firmable_gateway_batch_items_${part}\\{batch="${name}"\\} (\\S+)$`, 'm');
      return Number(line.exec(metrics)?.[1] ?? 0);
    };
    return { items: read('sum'), batches: read('count') };
  };
  return { reservation: count('reservation'), settlement: count('settlement') };
};

/** The mean number of items of the batches between two readings; NaN where there was none. */
export const meanItems = (before: BatchCount, after: BatchCount): number =>
  (after.items - before.items) / (after.batches - before.batches);
