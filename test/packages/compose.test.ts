import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { settings } from '../../src/config/settings.js';

const root = path.resolve(import.meta.dirname, '../..');

const service = z.object({
  image: z.string().optional(),
  build: z.string().optional(),
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  secrets: z.array(z.string()).optional(),
});
const { services, volumes, secrets } = z
  .object({
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.unknown()),
    secrets: z.record(z.string(), z.unknown()),
  })
  .parse(parse(readFileSync(path.join(root, 'compose.yaml'), 'utf8')));

const all = Object.entries(services);

it('sets only settings that the gateway has, and no secret', () => {
  const { environment = {} } = services['gateway'] ?? {};
  const known = settings.map(({ name }) => name);
  expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
  for (const name of ['ENCRYPTION_KEYS', 'GATEWAY_BOOTSTRAP_TOKEN']) {
    expect(environment[name]).toMatch(/^\$\{\w+:\?Set \w+ in \.env/);
  }
});

it('names images by exact versions', () => {
  const images = all.flatMap(([, { image }]) => image ?? []);
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(image).toMatch(/:v?\d+\.\d+/);
});

/** Of a file beside compose.yaml, or of a volume. */
const exists = (name: string): boolean =>
  name.startsWith('.') ? existsSync(path.join(root, name)) : Object.keys(volumes).includes(name);

it('mounts files and volumes that exist', () => {
  const mounted = all.flatMap(([, one]) => (one.volumes ?? []).map((mount) => mount.split(':')[0] ?? ''));
  expect(mounted.length).toBeGreaterThan(0);
  expect(mounted.filter((name) => !exists(name))).toEqual([]);
});

it('opens ports on the loopback address only', () => {
  const ports = all.flatMap(([, one]) => one.ports ?? []);
  expect(ports).toHaveLength(3);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

it('waits for services that exist, and for a database that accepts connections', () => {
  const awaited = all.flatMap(([, { depends_on: after = [] }]) =>
    Array.isArray(after) ? after : Object.keys(after),
  );
  expect(awaited).toContain('postgres');
  expect(awaited.filter((name) => !Object.keys(services).includes(name))).toEqual([]);
  expect(services['postgres']?.healthcheck?.test).toContain('--host=127.0.0.1');
});

it('starts Prometheus and Grafana with the profile "monitoring" only, because they need a token', () => {
  const monitored = all.filter(([, { profiles }]) => profiles?.includes('monitoring'));
  expect(monitored.map(([name]) => name).toSorted()).toEqual(['grafana', 'prometheus']);
});

it('scrapes the gateway with the token of the secret', () => {
  expect(services['prometheus']?.secrets).toEqual(['metrics_token']);
  expect(secrets['metrics_token']).toEqual({ environment: 'METRICS_TOKEN' });
  const config: unknown = parse(readFileSync(path.join(root, 'docs/prometheus/prometheus.yaml'), 'utf8'));
  expect(config).toMatchObject({
    scrape_configs: [
      {
        metrics_path: '/metrics',
        authorization: { credentials_file: '/run/secrets/metrics_token' },
        static_configs: [{ targets: ['gateway:4000'] }],
      },
    ],
  });
});
