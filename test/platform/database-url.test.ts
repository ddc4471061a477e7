import { expect, it } from 'vitest';
import { databaseUrlFault, ignoresChannelBinding, readDatabaseUrl } from '../../src/platform/database-url.js';

const base = 'postgres://me:canary@db.example:5432/gateway';

it.each([
  'sslmode=require&channel_binding=require',
  'sslmode=verify-full&sslrootcert=/etc/ca.pem',
  'sslmode=verify-ca&sslrootcert=system&sslcert=/a&sslkey=/b&sslpassword=canary&sslcrl=/c',
  'ssl=true',
  'sslmode=disable',
  'sslmode=allow&connect_timeout=10&application_name=billing&fallback_application_name=x',
  'target_session_attrs=read-write&keepalives=1&keepalives_idle=30&gssencmode=prefer&client_encoding=utf8',
  'options=-c%20search_path%3Dgateway',
  'pgbouncer=true&connection_limit=5&pool_timeout=10&schema=public&statement_cache_size=0',
  'host=/run/postgresql&port=5433&user=me&password=canary&dbname=other',
  'ssl_min_protocol_version=TLSv1.2&ssl_max_protocol_version=TLSv1.3',
])('reads %s', (query) => {
  expect(databaseUrlFault(`${base}?${query}`)).toBeNull();
});

it.each([
  ['foo=canary', 'the parameter foo, which the gateway does not read'],
  ['statement_timeout=canary', 'the parameter statement_timeout, which the gateway does not read'],
  ['Canary%20name=1', 'an unknown parameter'],
  ['sslmode=canary', 'the parameter sslmode with a value'],
  ['sslmode=require&sslmode=canary', 'the parameter sslmode with a value'],
  ['target_session_attrs=standby', 'the gateway writes'],
  ['schema=canary', 'alter role'],
  ['hostaddr=10.0.0.1', 'write the address as the host'],
  ['connection_limit=canary', 'the parameter connection_limit with a value'],
  ['constructor=1', 'the parameter constructor, which the gateway does not read'],
])('refuses %s by name, without its value', (query, part) => {
  const fault = databaseUrlFault(`${base}?${query}`);
  expect(fault).toContain(part);
  expect(fault?.toLowerCase()).not.toContain('canary');
});

it.each(['any', 'read-only', 'standby', 'prefer-standby'])(
  'takes target_session_attrs=%s for a standby',
  (value) => {
    const url = `${base}?target_session_attrs=${value}`;
    expect(databaseUrlFault(url, 'standby')).toBeNull();
    expect(readDatabaseUrl(url).database).toBe(readDatabaseUrl(base).database);
  },
);

it('refuses a standby that may be written to, by name', () => {
  expect(databaseUrlFault(`${base}?target_session_attrs=read-write`, 'standby')).toContain('name a standby');
  expect(databaseUrlFault('postgres://one,two/db', 'standby')).toContain('name the standby');
});

it.each(['postgres://me:canary@one:5432,two:5433/db', 'postgres://one,two/db?target_session_attrs=any'])(
  'refuses several hosts, as in %s',
  (url) => {
    expect(databaseUrlFault(url)).toContain('names several hosts');
    expect(databaseUrlFault(url)).not.toContain('canary');
  },
);

it('prefers a parameter to the same part of the URL, as libpq does', () => {
  expect(readDatabaseUrl(`${base}?host=/run&port=5433&user=you&password=p%40ss&dbname=other`)).toMatchObject({
    host: '/run',
    port: 5433,
    user: 'you',
    password: 'p@ss',
    database: 'other',
  });
  expect(readDatabaseUrl('postgresql:///gateway?host=/run').host).toBe('/run');
  expect(readDatabaseUrl('postgres://[::1]/gateway')).toMatchObject({ host: '::1', port: 5432 });
});

it.each([
  ['', 'prefer'],
  ['?ssl=true', 'require'],
  ['?sslmode=require', 'require'],
  ['?sslmode=require&sslrootcert=/ca', 'verify-ca'],
  ['?sslmode=require&sslrootcert=system', 'verify-full'],
  ['?sslmode=require&channel_binding=require', 'require'],
  ['?channel_binding=require', 'require'],
  ['?sslmode=verify-ca&channel_binding=require', 'verify-ca'],
  ['?sslmode=require&channel_binding=prefer', 'require'],
  ['?sslmode=disable', 'disable'],
])('decides the TLS mode of “%s” as %s', (query, mode) => {
  expect(readDatabaseUrl(base + query).tls).toBe(mode);
});

it('knows when channel binding is demanded and nothing verifies the server instead', () => {
  expect(ignoresChannelBinding(`${base}?sslmode=require&channel_binding=require`)).toBe(true);
  expect(ignoresChannelBinding(`${base}?sslmode=verify-full&channel_binding=require`)).toBe(false);
  expect(ignoresChannelBinding(`${base}?sslmode=require&channel_binding=prefer`)).toBe(false);
});
