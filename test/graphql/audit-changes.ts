import type { AuditedChange } from './audited-change.js';
import { jobChanges } from './audit-job-changes.js';

const errors = 'userErrors { code message }';
const secretHook = 'https://hooks.example/in?token=canarySlackSecret';

/** Every mutation of the API, in an order in which each succeeds. */
export const auditedChanges: readonly AuditedChange[] = [
  {
    mutation: 'createConnection',
    send: () =>
      `(input: { provider: FIRMABLE, name: "First", key: "fbl_sandbox_auditfirst" }) { connection { id } ${errors} }`,
    action: 'connection.create',
    makes: { id: 'first', prefix: 'con' },
    repeats: false,
  },
  {
    mutation: 'createConnection',
    send: () =>
      `(input: { provider: FIRMABLE, name: "Second", key: "fbl_sandbox_auditsecond" }) { connection { id } ${errors} }`,
    action: 'connection.create',
    makes: { id: 'connection', prefix: 'con' },
    repeats: false,
  },
  {
    mutation: 'renameConnection',
    send: ({ connection }) => `(input: { id: "${connection}", name: "Renamed" }) { ${errors} }`,
    action: 'connection.rename',
    repeats: false,
  },
  {
    mutation: 'setDefaultConnection',
    send: ({ connection }) => `(id: "${connection}") { ${errors} }`,
    action: 'connection.makeDefault',
    repeats: false,
  },
  {
    mutation: 'rotateConnectionKey',
    send: ({ connection }) =>
      `(input: { id: "${connection}", key: "fbl_sandbox_auditrotated", account: SAME }) { ${errors} }`,
    action: 'connection.rotate',
    repeats: true,
  },
  {
    mutation: 'verifyConnection',
    send: ({ connection }) => `(id: "${connection}") { ${errors} }`,
    action: 'connection.verify',
    repeats: true,
  },
  {
    mutation: 'setBalancePlan',
    send: ({ connection }) =>
      `(input: { connection: "${connection}", monthlyCredits: 500, renewalDay: 3 }) { ${errors} }`,
    action: 'balance.setPlan',
    repeats: false,
  },
  {
    mutation: 'recordBalance',
    send: ({ connection }) => `(input: { connection: "${connection}", credits: 412 }) { ${errors} }`,
    action: 'balance.record',
    repeats: true,
  },
  {
    mutation: 'setBudget',
    send: ({ connection }) =>
      `(input: { name: "Cap", scope: CONNECTION, subject: "${connection}", period: MONTH, mode: HARD, limit: 9 }) { budget { id } ${errors} }`,
    action: 'budget.set',
    makes: { id: 'budget', prefix: 'bud' },
    repeats: false,
  },
  {
    mutation: 'createAlertDestination',
    send: () =>
      `(input: { kind: WEBHOOK, name: "Ops", url: "${secretHook}" }) { destination { id } ${errors} }`,
    action: 'alertDestination.create',
    makes: { id: 'destination', prefix: 'ald' },
    repeats: false,
  },
  {
    mutation: 'updateAlertDestination',
    send: ({ destination }) => `(input: { id: "${destination}", enabled: false }) { ${errors} }`,
    action: 'alertDestination.update',
    repeats: false,
  },
  {
    mutation: 'rotateWebhookSecret',
    send: ({ destination }) => `(id: "${destination}") { ${errors} }`,
    action: 'alertDestination.rotateSecret',
    repeats: true,
  },
  {
    mutation: 'sendTestAlert',
    send: ({ destination }) => `(id: "${destination}") { ${errors} }`,
    action: 'alertDestination.test',
    repeats: false,
  },
  {
    mutation: 'deleteAlertDestination',
    send: ({ destination }) => `(id: "${destination}") { ${errors} }`,
    action: 'alertDestination.delete',
    repeats: false,
  },
  {
    mutation: 'deleteBudget',
    send: ({ budget }) => `(id: "${budget}") { ${errors} }`,
    action: 'budget.delete',
    repeats: false,
  },
  {
    mutation: 'saveWaterfall',
    send: ({ connection }) =>
      `(input: { name: "Chain", steps: [{ connection: "${connection}", require: [PHONE] }] }) { waterfall { id } ${errors} }`,
    action: 'waterfall.save',
    makes: { id: 'waterfall', prefix: 'wfl' },
    repeats: false,
  },
  {
    mutation: 'deleteWaterfall',
    send: ({ waterfall }) => `(id: "${waterfall}") { ${errors} }`,
    action: 'waterfall.delete',
    repeats: false,
  },
  {
    mutation: 'saveView',
    send: () =>
      `(input: { name: "By workflow", address: "/usage?groupBy=WORKFLOW" }) { view { id } ${errors} }`,
    action: 'view.save',
    makes: { id: 'view', prefix: 'view' },
    repeats: false,
  },
  {
    mutation: 'deleteView',
    send: ({ view }) => `(id: "${view}") { ${errors} }`,
    action: 'view.delete',
    repeats: false,
  },
  {
    mutation: 'createToken',
    send: () => `(input: { name: "crm", role: MEMBER }) { token { id } ${errors} }`,
    action: 'token.create',
    makes: { id: 'token', prefix: 'tok' },
    repeats: true,
  },
  {
    mutation: 'updateToken',
    send: ({ token }) =>
      `(input: { id: "${token}", name: "crm sync", limits: { creditsPerDay: 7 } }) { ${errors} }`,
    action: 'token.update',
    repeats: false,
  },
  {
    mutation: 'rotateToken',
    send: ({ token }) => `(id: "${token}", overlapSeconds: 60) { ${errors} }`,
    action: 'token.rotate',
    repeats: true,
  },
  {
    mutation: 'revokeToken',
    send: ({ token }) => `(id: "${token}") { ${errors} }`,
    action: 'token.revoke',
    repeats: false,
  },
  {
    mutation: 'importUnlocks',
    send: ({ connection }) =>
      `(input: { connection: "${connection}", operation: PERSON, csv: "id,email\\nfp000000067890,jane.canary@example.com\\n" }) { imported ${errors} }`,
    action: 'unlocks.import',
    repeats: false,
  },
  {
    mutation: 'forgetRecord',
    send: () => `(input: { id: "fp000000067890" }) { forgotten ${errors} }`,
    action: 'record.forget',
    repeats: true,
  },
  {
    mutation: 'resolvePresumedCharge',
    send: ({ charge }) =>
      `(input: { id: "${charge}", charged: false, reason: "not in the usage" }) { ${errors} }`,
    action: 'presumedCharge.resolve',
    repeats: false,
  },
  {
    mutation: 'resolvePresumedCharges',
    send: () => `(input: { filter: {}, charged: true, reason: "outage" }) { resolvedCount ${errors} }`,
    action: 'presumedCharge.resolve',
    repeats: false,
  },
  ...jobChanges,
  {
    mutation: 'disableConnection',
    send: ({ connection }) => `(id: "${connection}") { ${errors} }`,
    action: 'connection.disable',
    repeats: false,
  },
  {
    mutation: 'enableConnection',
    send: ({ connection }) => `(id: "${connection}") { ${errors} }`,
    action: 'connection.enable',
    repeats: false,
  },
  {
    mutation: 'deleteConnection',
    send: ({ connection }) => `(id: "${connection}") { ${errors} }`,
    action: 'connection.delete',
    repeats: false,
  },
];
