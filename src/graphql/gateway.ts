import { type Readiness, readReadiness } from '../platform/readiness.js';
import type { StandbyFault } from '../platform/standby.js';
import { builder } from './builder.js';
import type { GatewayApp } from './context.js';

const GatewayReadiness = builder.enumType('GatewayReadiness', {
  description: 'Whether an instance can work.',
  values: {
    READY: { description: 'The database answers, and its migrations are those of this version.' },
    MIGRATIONS_NOT_CURRENT: {
      description: 'The migrations are those of another version: restart the gateway.',
    },
    DATABASE_UNREACHABLE: { description: 'The database does not answer within a second.' },
  } satisfies Record<Readiness, { description: string }>,
});

const StandbyProblem = builder.enumType('StandbyProblem', {
  description: 'Why the standby is not read at the moment. Reports are read from the primary instead.',
  values: {
    STARTING: { value: 'starting', description: 'It has not been checked yet.' },
    BEHIND: { value: 'behind', description: 'It is older than DATABASE_READ_LAG_MAX_SECONDS.' },
    NOT_REPLAYED: { value: 'not_replayed', description: 'It does not receive the changes of this primary.' },
    NOT_A_STANDBY: { value: 'not_a_standby', description: 'It is no standby.' },
    UNREACHABLE: { value: 'unreachable', description: 'It does not answer.' },
    FAILED: { value: 'failed', description: 'A statement failed there.' },
    TOO_OLD: { value: 'too_old', description: 'It was older than what a reader had seen before.' },
  } satisfies Record<string, { value: StandbyFault; description: string }>,
});

const Standby = builder.objectRef<NonNullable<GatewayApp['standby']>>('Standby').implement({
  description: 'The standby from which reports, exports and pages of lists are read.',
  fields: (t) => ({
    lagSeconds: t.float({
      description: 'By how much it was behind when it was last checked; null if it has never answered.',
      resolve: (standby) => standby.lagSeconds(),
    }),
    problem: t.field({
      type: StandbyProblem,
      description: 'Why it is not read at the moment; null while it is.',
      resolve: (standby) => standby.fault(),
    }),
  }),
});

const Gateway = builder.objectRef<GatewayApp>('Gateway').implement({
  description:
    'The instance that serves the request: its version, its health, and what its operator has set. No secrets.',
  fields: (t) => ({
    version: t.exposeString('version', { nullable: false, description: 'The version of the gateway.' }),
    readiness: t.field({
      type: GatewayReadiness,
      nullable: false,
      description: 'Whether the instance can work, as `/readyz` reports it.',
      resolve: ({ migrationsCurrent }) => readReadiness(migrationsCurrent),
    }),
    standby: t.field({
      type: Standby,
      description: 'The standby of DATABASE_READ_URL; null if there is none.',
      resolve: ({ standby }) => standby,
    }),
    sandbox: t.exposeBoolean('sandbox', {
      nullable: false,
      description: 'Whether sandbox keys are accepted: SANDBOX.',
    }),
    canEmail: t.boolean({
      nullable: false,
      description: 'Whether alerts can be sent by e-mail: SMTP_URL is set.',
      resolve: ({ alertSender }) => alertSender.canEmail,
    }),
    publicUrl: t.string({
      description: 'The address at which people open the gateway: PUBLIC_URL; null if it is not set.',
      resolve: ({ config }) => config.publicUrl,
    }),
    snapshotMaxAge: t.field({
      type: 'Duration',
      nullable: false,
      description:
        'The maximum age of a snapshot, in seconds: SNAPSHOT_MAX_AGE. 0: no content of records is stored.',
      resolve: ({ config }) => config.snapshotMaxAgeSeconds,
    }),
  }),
});

builder.queryField('gateway', (t) =>
  t.field({
    type: Gateway,
    nullable: false,
    description: 'The gateway itself: version, health, retention, and what is switched on.',
    resolve: (_root, _args, { app }) => app,
  }),
);
