import type { PayerChoice as PayerChoiceName } from '../connections/resolve-credential.js';
import type { LookupOptions as LookupOptionsShape } from '../enrichment/lookup-request.js';
import { GatewayError } from '../errors.js';
import { parseInput } from '../platform/parse-input.js';
import type { Country as CountryName } from '../providers/provider.js';
import { type Step, stepsInput } from '../waterfalls/step.js';
import { builder } from './builder.js';
import { Country, PayerChoice } from './enums.js';
import { fromPublicId } from '../access/public-ids.js';
import { readStep, WaterfallStep, type WaterfallStepInput } from './waterfall.js';
import { readWorkflowName } from './open-request.js';

type Given<Value> = Value | null | undefined;
export type LookupOptionsInput = {
  connection?: Given<string>;
  waterfall?: Given<WaterfallStepInput[]>;
  waterfallName?: Given<string>;
  payer?: Given<PayerChoiceName>;
  country?: Given<CountryName>;
  maxAge?: Given<number>;
  maxCredits?: Given<number>;
  workflow?: Given<string>;
  registrableDomainOnMiss?: Given<boolean>;
};

export const LookupOptions = builder.inputRef<LookupOptionsInput>('LookupOptions').implement({
  description: 'Options of a lookup. All are optional.',
  fields: (t) => ({
    connection: t.id({
      description:
        "The connection that pays. No other payer replaces it. If omitted: the caller's key, else the default connection, else the managed account.",
    }),
    waterfall: t.field({
      type: [WaterfallStep],
      description:
        'The steps to try, in order, until one has the record with all required fields: 1 to 10 steps. If omitted: the default waterfall, if one is saved.',
    }),
    waterfallName: t.string({ description: 'The name of a saved waterfall, instead of `waterfall`.' }),
    payer: t.field({ type: PayerChoice, description: 'Who may pay; ANY if omitted.' }),
    country: t.field({ type: Country, description: 'The country of regional figures; AU if omitted.' }),
    maxAge: t.field({
      type: 'Duration',
      description:
        'The maximum age of a cached snapshot (`30d`, `12h`). If it is older, the provider looks up the identifier again. At Firmable that is free unless it answers with another record.',
    }),
    maxCredits: t.int({
      description: 'The most that this field may spend, lists included. 0 returns unlocked records only.',
    }),
    workflow: t.string({
      description: 'The purpose of the spend, for reports and budgets. Overrides the X-Workflow header.',
    }),
    registrableDomainOnMiss: t.boolean({
      description:
        'Whether a subdomain that is not found (law.example.edu) is followed by its registrable domain (example.edu), which may be a larger organization. It is another call, within maxCredits, and the receipt names the domain. If omitted: `suggestedDomain` names it.',
    }),
  }),
});

/** Checks the options and maps them to those of enrichment. Throws BAD_REQUEST. */
export const readLookupOptions = (input: Given<LookupOptionsInput>): LookupOptionsShape => {
  const maxCredits = input?.maxCredits ?? null;
  if (maxCredits !== null && maxCredits < 0) {
    throw new GatewayError('BAD_REQUEST', 'maxCredits is below 0: send 0 to spend nothing, or omit it.');
  }
  const { connectionId, waterfall, waterfallName, payer } = readRoute(input ?? {});
  return {
    connectionId,
    waterfall,
    waterfallName,
    payer,
    country: input?.country ?? null,
    maxAgeSeconds: input?.maxAge ?? null,
    maxCredits,
    workflow: readWorkflowOption(input?.workflow),
    registrableDomainOnMiss: input?.registrableDomainOnMiss ?? null,
  };
};

type Route = Required<Pick<LookupOptionsShape, 'connectionId' | 'waterfall' | 'waterfallName' | 'payer'>>;

/** The route and the payer of a lookup. Throws BAD_REQUEST for contradictory options. */
const readRoute = ({ connection, waterfall, waterfallName, payer }: LookupOptionsInput): Route => {
  const routes = [connection, waterfall, waterfallName].filter((one) => one !== null && one !== undefined);
  if (routes.length > 1) {
    throw new GatewayError(
      'BAD_REQUEST',
      'connection, waterfall and waterfallName each choose the providers: send one of them. A step of a waterfall can name a connection.',
    );
  }
  const steps = waterfall ?? [];
  if (payer === 'MANAGED' && (connection ?? steps.find((step) => step.connection)) !== undefined) {
    throw new GatewayError(
      'BAD_REQUEST',
      'payer MANAGED allows the managed account only, and a connection is named: omit one of the two.',
    );
  }
  return {
    connectionId: readConnection(connection),
    waterfall: readWaterfall(waterfall),
    waterfallName: waterfallName?.trim() ?? null,
    payer: payer ?? null,
  };
};

const readWaterfall = (steps: Given<WaterfallStepInput[]>): Step[] | null =>
  steps === null || steps === undefined ? null : parseInput(stepsInput, steps.map(readStep), 'BAD_REQUEST');

const readConnection = (id: Given<string>): string | null =>
  id === null || id === undefined ? null : fromPublicId('connection', id);

const readWorkflowOption = (written: Given<string>): string | null => {
  if (written === null || written === undefined) return null;
  const workflow = readWorkflowName(written);
  if (workflow !== null) return workflow;
  throw new GatewayError('BAD_REQUEST', 'workflow must be 1 to 100 printable characters, such as crm-sync.');
};
