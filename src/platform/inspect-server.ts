import { GatewayError } from '../errors.js';
import { connect, type DatabaseAddress } from './database.js';
import { ignoresChannelBinding, readDatabaseUrl } from './database-url.js';
import type { Log } from './log.js';

/** What the gateway has to know of a server before it uses it. */
export type ServerFacts = {
  /**
   * Whether a pooler is in between (PgBouncer, Supavisor, RDS Proxy, Neon): transactions of one client then run in
   * different sessions, so that nothing of a session may be relied on.
   */
  pooled: boolean;
};

const oldestVersion = 15;

/**
 * Reads the facts over one connection that sends no setting and prepares nothing, which every pooler allows. Throws
 * UNAVAILABLE, with the remedy, for a server that cannot be used.
 */
export const inspectServer = async (address: DatabaseAddress, log: Log): Promise<ServerFacts> => {
  if ('url' in address && ignoresChannelBinding(address.url)) {
    log.warn('channel_binding=require has no effect here: set sslmode=verify-full to verify the server');
  }
  const sql = connect(address, {
    max: 1,
    connect_timeout: 5,
    prepare: false,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'firmable-gateway start' },
  });
  try {
    const rows = await sql<Row[]>`
      select pg_backend_pid() as pid, current_setting('server_version_num') as version,
        pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only,
        current_setting('default_transaction_isolation') as isolation,
        current_setting('statement_timeout') as statement_timeout,
        current_setting('jit') = 'on' and pg_jit_available() as jit`;
    const [row] = rows;
    if (row === undefined) throw new Error('the server does not report its settings');
    refuseOldServer(Number(row.version));
    if (row.read_only) throw readOnly();
    // A pooler gives its clients process ids of its own.
    const pooled = ('url' in address && readDatabaseUrl(address.url).pooled) || row.pid !== rows.state.pid;
    if (pooled) checkPooled(row, log);
    return { pooled };
  } finally {
    await sql.end({ timeout: 1 });
  }
};

type Row = {
  pid: number;
  version: string;
  read_only: boolean;
  isolation: string;
  statement_timeout: string;
  jit: boolean;
};

/** Throws UNAVAILABLE below PostgreSQL 15. Takes `server_version_num`: 150004 is 15.4. */
export const refuseOldServer = (version: number): void => {
  const major = Math.floor(version / 10_000);
  if (major >= oldestVersion) return;
  throw new GatewayError(
    'UNAVAILABLE',
    `The database is PostgreSQL ${major}, and the gateway needs ${oldestVersion} or newer: upgrade the server, or point DATABASE_URL at another.`,
  );
};

const readOnly = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'The database is read-only, such as a standby: point DATABASE_URL at the primary.',
  );

/** What the gateway sets itself on connections of its own has to be set on the account behind a pooler. */
const checkPooled = (row: Row, log: Log): void => {
  if (row.isolation !== 'read committed') {
    throw new GatewayError(
      'UNAVAILABLE',
      `The database's default transaction isolation is ${row.isolation}, behind a pooler: run alter role … set default_transaction_isolation = 'read committed' for the gateway's account, or connect without the pooler.`,
    );
  }
  log.info('a pooler is in front of the database: statements are not prepared');
  if (row.statement_timeout === '0') {
    log.info("no statement has a time limit: run alter role … set statement_timeout = '30s' behind a pooler");
  }
  if (row.jit) log.info('the server compiles reports, which slows them: run alter role … set jit = off');
};
