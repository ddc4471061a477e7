import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseMetrics } from '../http/parse-metrics.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool)
  console.warn('PROMTOOL IS NOT INSTALLED (package prometheus): alert rules are not checked.');

const dashboard = z
  .object({
    panels: z.array(
      z.object({
        type: z.string(),
        title: z.string(),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(read('docs/grafana/firmable-gateway.json')));
const rules = read('docs/prometheus/alerts.yaml');
const panels = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
);
/** Each expression of a rule, and what it shows, from the file's text. */
const alerts = rules
  .split('- alert: ')
  .slice(1)
  .map((text) => ({
    title: text.split('\n')[0] ?? '',
    expr: /expr: (?:\|\n([\s\S]*?)\n {8}\w|(.*))/.exec(text)?.slice(1).join('') ?? '',
    shown: text,
  }));

/** The labels of each metric that docs/monitoring.md lists. */
const documented = new Map(
  [...read('docs/monitoring.md').matchAll(/^\| `(firmable_gateway_\w+)` \| \w+ \|(.*)\|$/gm)].map(
    ([, name = '', cell = '']) => {
      const [labels = ''] = cell.replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, '').split(/[.:]/);
      return [name, new Set([...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label))] as const;
    },
  ),
);
/** What Prometheus adds to each sample, and to histograms. */
const added = new Set(['instance', 'job', 'le']);

const metricsIn = (expr: string): { name: string; labels: string[] }[] =>
  [...expr.matchAll(/\b((?:firmable_gateway|nodejs|process)_\w+|up)\b(?:\{([^}]*)\})?/g)].map(
    ([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label),
    }),
  );
const groupedBy = (expr: string): string[] =>
  [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(',').map((one) => one.trim()),
  );
const familyOf = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');

let gateway: TestGateway;
let families: ReturnType<typeof parseMetrics>;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.post('{ company(by: { domain: "nobody-at-all.example" }) { outcome } }');
  await gateway.post('{ company(by: { domain: "not a domain" }) { outcome } }');
  await fetch(`${gateway.url}/metrics`, { headers: { authorization: 'Bearer wrong' } });
  const headers = { authorization: `Bearer ${gateway.token}` };
  families = parseMetrics(await (await fetch(`${gateway.url}/metrics`, { headers })).text());
});
afterAll(() => gateway.close());

it('finds the expressions that it checks', () => {
  expect(panels.length).toBeGreaterThan(20);
  expect(alerts.length).toBe(rules.match(/^ +expr:/gm)?.length);
  for (const { expr } of [...panels, ...alerts]) expect(metricsIn(expr).length).toBeGreaterThan(0);
});

it.each([...panels, ...alerts])('$title reads metrics and labels that the gateway has', ({ expr }) => {
  const used = metricsIn(expr).filter(({ name }) => name !== 'up');
  const known = new Set(added);
  for (const { name, labels } of used) {
    const family = families.get(name) ?? families.get(familyOf(name));
    expect({ name, exists: family !== undefined }).toEqual({ name, exists: true });
    const own = documented.get(family === families.get(name) ? name : familyOf(name)) ?? new Set();
    expect({ name, unknown: labels.filter((label) => !own.has(label) && !added.has(label)) }).toEqual({
      name,
      unknown: [],
    });
    for (const label of own) known.add(label);
  }
  for (const label of groupedBy(expr)) expect([...known]).toContain(label);
});

it.each(panels)('$title shows only labels that its expression keeps', ({ expr, legendFormat }) => {
  const labels = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
  const kept = groupedBy(expr);
  for (const label of labels) expect(kept.length === 0 ? [...added] : kept).toContain(label);
});

it('exposes no label that the docs do not list', () => {
  for (const [name, { samples }] of families) {
    if (!name.startsWith('firmable_gateway_')) continue;
    const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    labels.delete('le');
    expect({
      name,
      labels: [...labels].filter((label) => documented.get(name)?.has(label) !== true),
    }).toEqual({
      name,
      labels: [],
    });
  }
});

const promtool = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: root, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

it
  .skipIf(!hasPromtool)
  .each([
    [['check', 'rules', 'docs/prometheus/alerts.yaml']],
    [['test', 'rules', 'test/monitoring/alerts.promtool.yaml']],
    [['check', 'config', '--syntax-only', 'docs/prometheus/prometheus.yaml']],
  ])('accepts %s', (args) => {
  const { status, output } = promtool(...args);
  expect(output).toContain('SUCCESS');
  expect(status).toBe(0);
});

describe('promtool', () => {
  it.skipIf(!hasPromtool)('parses each expression of the dashboard', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dashboard-'));
    const file = path.join(folder, 'rules.json');
    const recorded = panels.map(({ expr }, index) => ({
      record: `panel:${index}`,
      expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
    }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules: recorded }] }));
    const { status, output } = promtool('check', 'rules', file);
    rmSync(folder, { recursive: true });
    expect(output).toContain(`SUCCESS: ${panels.length} rules found`);
    expect(status).toBe(0);
  });
});
