import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';

it.each([
  ['GRAPHIQL', 'false'],
  ['INTROSPECTION', '0'],
  ['PERSISTED_DOCUMENTS', 'on'],
  ['PERSISTED_DOCUMENTS', 'allowlist'],
  ['ALLOWED_ORIGINS', '*'],
  ['ALLOWED_ORIGINS', 'https://*.example.com'],
  ['ALLOWED_ORIGINS', 'null'],
  ['ALLOWED_ORIGINS', 'app.example.com'],
  ['ALLOWED_ORIGINS', 'https://app.example.com/'],
  ['ALLOWED_ORIGINS', 'https://app.example.com/tools'],
  ['ALLOWED_ORIGINS', 'https://app.example.com?'],
  ['ALLOWED_ORIGINS', 'https://app.example.com:443'],
  ['ALLOWED_ORIGINS', 'HTTPS://App.example.com'],
  ['ALLOWED_ORIGINS', 'https://me@app.example.com'],
  ['ALLOWED_ORIGINS', 'https://büro.example'],
  ['ALLOWED_ORIGINS', 'file:///page.html'],
  ['ALLOWED_ORIGINS', 'https://app.example.com https://b.example'],
  ['ALLOWED_ORIGINS', 'https://app.example.com,'],
  ['TRUSTED_PROXIES', 'proxy.example'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.0.0.1, fd00::/129'],
  ['TRUSTED_PROXIES', '10.0.0.1 10.0.0.2'],
  ['TRUSTED_PROXIES', '10.0.0.1,'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['TRUSTED_PROXIES', '::/0'],
  ['TRUSTED_PROXIES', '*'],
])('reports the fault and its remedy in one line when %s is %s', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} .+[:,] .+\\.$`));
});

it('reads the allowed origins when each is written as browsers do', () => {
  const written =
    'https://app.example.com, http://localhost:3000,https://xn--bro-hoa.example,http://[::1]:8080';
  expect([...(readConfig({ ALLOWED_ORIGINS: written }).allowedOrigins ?? [])]).toEqual(written.split(/, ?/));
});

it('runs listed documents only when a file is set, unless PERSISTED_DOCUMENTS says otherwise', () => {
  const PERSISTED_DOCUMENTS_FILE = './documents.json';
  expect(readConfig({ PERSISTED_DOCUMENTS_FILE }).persistedDocuments).toBe('allowlist');
  expect(readConfig({ PERSISTED_DOCUMENTS_FILE, PERSISTED_DOCUMENTS: 'automatic' }).persistedDocuments).toBe(
    'automatic',
  );
  expect(() => readConfig({ PERSISTED_DOCUMENTS_FILE, PERSISTED_DOCUMENTS: 'off' })).toThrow(
    /^PERSISTED_DOCUMENTS_FILE .*: remove one of them\.$/,
  );
});
