export type Family = {
  type: 'counter' | 'gauge' | 'histogram' | 'summary';
  help: string;
  samples: { name: string; labels: Readonly<Record<string, string>>; value: number }[];
};

const nameShape = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const helpLine = new RegExp(`^# HELP (${nameShape}) (\\S.*)$`);
const typeLine = new RegExp(`^# TYPE (${nameShape}) (counter|gauge|histogram|summary)$`);
// prom-client writes Nan; Prometheus reads numbers in any case.
const sampleLine = new RegExp(
  `^(${nameShape})(?:\\{(.*)\\})? ([Nn]a[Nn]|[+-]Inf|-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
);
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/**
 * A strict parser of Prometheus' text format, version 0.0.4: each family has one HELP and one TYPE line and then all its
 * samples, whose names fit the type, and no two samples have the same labels. Throws for anything else.
 */
export const parseMetrics = (text: string): Map<string, Family> => {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family>();
  let current: { name: string; help: string; family: Family | null } | null = null;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, helpName, help = ''] = helpLine.exec(line) ?? [];
    const [, typeName, type] = typeLine.exec(line) ?? [];
    if (helpName !== undefined) {
      if (families.has(helpName)) throw new Error(`${helpName} comes twice`);
      current = { name: helpName, help, family: null };
    } else if (typeName !== undefined) {
      if (current?.name !== typeName || current.family !== null) throw new Error(`no HELP before: ${line}`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- typeLine lists the types
      current.family = { type: type as Family['type'], help: current.help, samples: [] };
      families.set(typeName, current.family);
    } else {
      const [, name = '', labels = '', value = ''] = sampleLine.exec(line) ?? [];
      if (name === '' || !current?.family) throw new Error(`no sample of a family: ${line}`);
      if (!suffixes[current.family.type].some((suffix) => name === `${current?.name}${suffix}`))
        throw new Error(`${name} is no sample of the ${current.family.type} ${current.name}`);
      current.family.samples.push({ name, labels: parseLabels(labels), value: toNumber(value) });
    }
  }
  for (const [name, family] of families) checkFamily(name, family);
  return families;
};

const suffixes = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

const toNumber = (text: string): number => (text.endsWith('Inf') ? Number(`${text}inity`) : Number(text));

const parseLabels = (text: string): Record<string, string> => {
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  while (labelPair.lastIndex < text.length) {
    const [, name = '', value = ''] = labelPair.exec(text) ?? [];
    if (name === '' || name in labels) throw new Error(`malformed labels: ${text}`);
    labels[name] = value;
  }
  return labels;
};

/** The labels that all buckets of one histogram share. */
const seriesOf = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).filter(([label]) => label !== 'le'));

const checkFamily = (name: string, { type, samples }: Family): void => {
  const keys = samples.map((sample) =>
    JSON.stringify([sample.name, Object.entries(sample.labels).toSorted(([a], [b]) => (a < b ? -1 : 1))]),
  );
  if (new Set(keys).size !== keys.length) throw new Error(`${name} has a sample twice`);
  if (type === 'counter' && !samples.every(({ value }) => value >= 0)) throw new Error(`${name} is negative`);
  if (type !== 'histogram') return;
  const ofSuffix = (suffix: string) => samples.filter((sample) => sample.name === `${name}${suffix}`);
  for (const count of ofSuffix('_count')) {
    const buckets = ofSuffix('_bucket').filter(({ labels }) => seriesOf(labels) === seriesOf(count.labels));
    const values = buckets.map(({ value }) => value);
    if (values.some((value, index) => value < (values[index - 1] ?? 0)))
      throw new Error(`the buckets of ${name} do not ascend`);
    if (buckets.at(-1)?.labels['le'] !== '+Inf' || values.at(-1) !== count.value)
      throw new Error(`the last bucket of ${name} is not its count`);
  }
};
