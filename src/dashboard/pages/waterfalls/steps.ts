import type {
  RecordField,
  StepConnectionFragment,
  StepProviderFragment,
  WaterfallFieldsFragment,
  WaterfallStep,
} from '../../api/operations.js';
import { providerTitle } from '../../ui/format.js';

export const stepsMax = 10;

/** A step as it is edited. */
export type Step = {
  /** Stays the same while the step moves. */
  key: string;
  /** The provider, with the payer of the lookup, or the connection that pays: `FIRMABLE` or `con_…`. */
  payer: string;
  require: readonly RecordField[];
};

/** What a step can name. */
export type StepChoices = {
  providers: readonly StepProviderFragment[];
  connections: readonly StepConnectionFragment[];
};

/** Every field that a step can require, in the order in which they are shown. */
export const recordFields: readonly RecordField[] = [
  'EMAIL',
  'WORK_EMAIL',
  'PERSONAL_EMAIL',
  'PHONE',
  'LINKEDIN',
  'NAME',
  'POSITION',
  'LOCATION',
  'WEBSITE',
  'INDUSTRY',
  'EMPLOYEE_COUNT',
];

/** The steps of a saved waterfall, to be edited. */
export const stepsOf = ({ steps }: Pick<WaterfallFieldsFragment, 'steps'>): Step[] =>
  steps.map(({ provider, connection, require }, at) => ({
    key: `${at + 1}`,
    payer: connection?.id ?? provider ?? 'FIRMABLE',
    require,
  }));

/** The steps with one more at the end: the first provider that no step names, else the first. */
export const withNewStep = (steps: readonly Step[], { providers }: StepChoices): Step[] => {
  const unused = providers.find(({ name }) => steps.every(({ payer }) => payer !== name)) ?? providers[0];
  const key = `${Math.max(0, ...steps.map((step) => Number(step.key))) + 1}`;
  return [...steps, { key, payer: unused?.name ?? 'FIRMABLE', require: [] }];
};

/** The steps with one of them at another index. */
export const withMoved = (steps: readonly Step[], key: string, to: number): readonly Step[] => {
  const step = steps.find((one) => one.key === key);
  if (step === undefined) return steps;
  const others = steps.filter((one) => one !== step);
  return [...others.slice(0, to), step, ...others.slice(to)];
};

/** The steps with one of them before or after another. */
export const withDropped = (
  steps: readonly Step[],
  key: string,
  { target, edge }: { target: string; edge: 'before' | 'after' },
): readonly Step[] => {
  const others = steps.filter((one) => one.key !== key);
  const at = others.findIndex((one) => one.key === target);
  return at < 0 ? steps : withMoved(steps, key, edge === 'before' ? at : at + 1);
};

/** The steps as the API takes them. */
export const inputOf = (steps: readonly Step[], { providers }: StepChoices): WaterfallStep[] =>
  steps.map(({ payer, require }) => {
    const provider = providers.find(({ name }) => name === payer);
    return {
      ...(provider === undefined ? { connection: payer } : { provider: provider.name }),
      require: [...require],
    };
  });

/** The provider that a step calls; null for a connection that is not known any more. */
export const providerOf = (
  payer: string,
  { providers, connections }: StepChoices,
): StepProviderFragment | null => {
  const name = connections.find(({ id }) => id === payer)?.provider ?? payer;
  return providers.find((one) => one.name === name) ?? null;
};

/** A step in words: its connection with the provider, or the provider alone. */
export const titleOf = (payer: string, choices: StepChoices): string => {
  const connection = choices.connections.find(({ id }) => id === payer);
  if (connection !== undefined) return `${providerTitle(connection.provider)}: ${connection.name}`;
  return providerOf(payer, choices)?.title ?? 'A deleted connection';
};

/** Two lists of steps are equal if they say the same, whatever their keys. */
export const areSame = (one: readonly Step[], other: readonly Step[]): boolean => {
  const textOf = (steps: readonly Step[]): string =>
    JSON.stringify(steps.map(({ payer, require }) => [payer, require.toSorted()]));
  return textOf(one) === textOf(other);
};
