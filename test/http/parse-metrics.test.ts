import { expect, it } from 'vitest';
import { parseMetrics } from './parse-metrics.js';

const head = '# HELP a_total A.\n# TYPE a_total counter\n';

it('reads families, labels and values', () => {
  const families = parseMetrics(`${head}a_total{b="c\\"d",e=""} 1.5e3\na_total +Inf\n`);
  expect(families.get('a_total')).toEqual({
    type: 'counter',
    help: 'A.',
    samples: [
      { name: 'a_total', labels: { b: 'c\\"d', e: '' }, value: 1500 },
      { name: 'a_total', labels: {}, value: Number.POSITIVE_INFINITY },
    ],
  });
});

it.each([
  ['an open last line', 'does not end', `${head}a_total 1`],
  ['a sample without a family', 'no sample of a family', 'a_total 1\n'],
  ['a type without help', 'no HELP', '# TYPE a_total counter\n'],
  ['a family twice', 'comes twice', head + head],
  ['a sample of another family', 'is no sample of', `${head}b_total 1\n`],
  ['a sample twice', 'has a sample twice', `${head}a_total 1\na_total 2\n`],
  ['a negative counter', 'is negative', `${head}a_total -1\n`],
  ['a malformed label', 'malformed labels', `${head}a_total{b=c} 1\n`],
  ['a malformed value', 'no sample of a family', `${head}a_total one\n`],
  ['an unknown type', 'no sample of a family', '# HELP a A.\n# TYPE a number\n'],
  [
    'buckets that descend',
    'do not ascend',
    '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
  ],
  [
    'a count that differs',
    'is not its count',
    '# HELP h H.\n# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n',
  ],
])('throws for %s', (_, message, text) => {
  expect(() => parseMetrics(text)).toThrow(message);
});
