/** The labels of one series. Closed words only: never a name that somebody chose, and never a key. */
export type Labels = Readonly<Record<string, string>>;

/** One kind of number, in the text format that Prometheus reads (version 0.0.4). */
export type Series = { text: () => string };

export type Counter = Series & { add: (labels: Labels, by?: number) => void };
export type Histogram = Series & { observe: (labels: Labels, value: number) => void };

/** A number that only grows; `labels` tell its kinds apart. */
export const createCounter = (name: string, help: string): Counter => {
  const sums = new Map<string, number>();
  return {
    add: (labels, by = 1) => {
      const key = written(labels);
      sums.set(key, (sums.get(key) ?? 0) + by);
    },
    text: () =>
      [...head(name, help, 'counter'), ...[...sums].map(([key, sum]) => `${name}${key} ${sum}`)].join('\n'),
  };
};

/** A number as it stands when it is asked for. */
export const createGauge = (
  name: string,
  help: string,
  read: () => readonly (readonly [Labels, number])[],
): Series => ({
  text: () =>
    [
      ...head(name, help, 'gauge'),
      ...read().map(([labels, value]) => `${name}${written(labels)} ${value}`),
    ].join('\n'),
});

/** How many values were at most each of the `bounds`, which ascend. */
export const createHistogram = (name: string, help: string, bounds: readonly number[]): Histogram => {
  const kinds = new Map<string, { labels: Labels; counts: number[]; sum: number }>();
  const lines = ({ labels, counts, sum }: { labels: Labels; counts: number[]; sum: number }): string[] => {
    const total = counts.reduce((all, count) => all + count, 0);
    let upTo = 0;
    const buckets = bounds.map((bound, index) => {
      upTo += counts[index] ?? 0;
      return `${name}_bucket${written({ ...labels, le: `${bound}` })} ${upTo}`;
    });
    return [
      ...buckets,
      `${name}_bucket${written({ ...labels, le: '+Inf' })} ${total}`,
      `${name}_sum${written(labels)} ${sum}`,
      `${name}_count${written(labels)} ${total}`,
    ];
  };
  return {
    observe: (labels, value) => {
      const key = written(labels);
      const kind = kinds.get(key) ?? { labels, counts: [...bounds.map(() => 0), 0], sum: 0 };
      const at = bounds.findIndex((bound) => value <= bound);
      const bucket = at === -1 ? bounds.length : at;
      kind.counts[bucket] = (kind.counts[bucket] ?? 0) + 1;
      kind.sum += value;
      kinds.set(key, kind);
    },
    text: () => [...head(name, help, 'histogram'), ...[...kinds.values()].flatMap(lines)].join('\n'),
  };
};

const head = (name: string, help: string, type: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

const written = (labels: Labels): string => {
  let pairs = '';
  for (const name in labels) pairs += `${pairs === '' ? '' : ','}${name}="${escaped(labels[name] ?? '')}"`;
  return pairs === '' ? '' : `{${pairs}}`;
};

const escaped = (value: string): string =>
  // Closed words have nothing to escape, and this runs several times for each ask.
  /^\w*$/.test(value) ? value : value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
