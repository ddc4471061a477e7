import { type Command, InvalidArgumentError } from 'commander';
import { GatewayError } from '../errors.js';
import { clientHelp, type JsonOption, runClient } from './client-command.js';
import { exitCodes } from './exit-codes.js';
import { addLookupOptions, type LookupFlags, toLookupOptions } from './lookup-options.js';
import { countOf, inLine, type Printer } from './printer.js';
import type { GatewayClient } from './gateway-client.js';

type Kind = 'company' | 'person';
type Identifiers = Record<string, string | undefined>;
type Options = JsonOption & LookupFlags & { fields?: string; maxCredits?: number };

const identifiers = {
  company: ['domain', 'website', 'linkedin', 'abn', 'id'],
  person: ['workEmail', 'personalEmail', 'linkedin', 'id'],
} as const;

const fieldsDefault = {
  company:
    'recordId name domain linkedin identifiers { abn } employeeCount companySize companyType industries yearFounded revenue hqLocation hqCountry phones emails website',
  person:
    'recordId name position seniority department company { name website } locations linkedin emails { work { value } personal { value } } phones { number isDoNotCall }',
};

const examples = {
  company: [
    'firmable-gateway lookup company harbourline.example',
    'firmable-gateway lookup company --abn "34 999 000 001" --fields name,employeeCount --json',
  ],
  person: ['firmable-gateway lookup person --linkedin ada-lovelace'],
};

/** Adds `lookup` with its subcommands. */
export const addLookup = (program: Command): void => {
  const lookup = program
    .command('lookup')
    .description('Looks up one record at a gateway.')
    .addHelpText('after', clientHelp(...examples.company, ...examples.person));
  for (const kind of ['company', 'person'] as const) {
    const command = lookup
      .command(kind)
      .description(`Looks up one ${kind}, and prints the record and the receipt.`)
      .argument('[identifier]', 'any identifier, whose kind is recognized')
      .addHelpText('after', clientHelp(...examples[kind]));
    for (const name of identifiers[kind]) command.option(`--${toFlag(name)} <value>`, `its ${toFlag(name)}`);
    addLookupOptions(command)
      .option('--fields <list>', 'fields as in GraphQL, such as name,employeeCount or identifiers.abn')
      .option('--max-credits <number>', 'the most that it may spend', readCredits)
      .option('--json', 'print one JSON document')
      .action((given: string | undefined, options: Options & Identifiers) => run(kind, given, options));
  }
};

const toFlag = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const readCredits = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number of credits.');
};

type Receipt = {
  id: string;
  charge: string;
  creditsCharged: number;
  creditsSaved: number;
  provider: string | null;
  fromSnapshot: boolean;
  payer: { kind: string; connection: { name: string } | null } | null;
};

type Answer = {
  result: {
    outcome: string;
    problem: { code: string; message: string } | null;
    receipt: Receipt;
    record: Record<string, unknown> | null;
  };
};

const run = (kind: Kind, given: string | undefined, options: Options & Identifiers): Promise<void> =>
  runClient(options, async (client, print) => {
    const by = readKey(kind, given, options);
    const { result } = await lookUp(client, kind, { by, options });
    const { record, outcome, problem, receipt } = result;
    print.result({ outcome, problem, [kind]: record, receipt }, () => linesOf(result));
    if (problem !== null && outcome !== 'FOUND') note(print, problem);
    return ['FOUND', 'NOT_FOUND'].includes(outcome) ? exitCodes.done : exitCodes.rowsFailed;
  });

const note = (print: Printer, { code, message }: { code: string; message: string }): void => {
  if (!print.json) print.note(`${code}: ${message}`, {});
};

/** The one identifier that was given. Its spelling is the gateway's to read. Throws INVALID_INPUT. */
const readKey = (kind: Kind, given: string | undefined, options: Identifiers): Record<string, string> => {
  const named = identifiers[kind].flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [{ [name]: value }];
  });
  const all = given === undefined ? named : [...named, { [recognize(kind, given.trim())]: given }];
  const [key, ...others] = all;
  if (key !== undefined && others.length === 0) return key;
  throw new GatewayError('INVALID_INPUT', `Give exactly one identifier, such as: ${examples[kind][0] ?? ''}`);
};

const recognize = (kind: Kind, text: string): string => {
  if (/linkedin\.com\/|^urn:li:/i.test(text)) return 'linkedin';
  if (kind === 'company') {
    if (/^(?:abn\s*)?\d{2}(?:[\s.-]?\d{3}){3}$/i.test(text)) return 'abn';
    return /^f\d{6,}$/.test(text) ? 'id' : 'domain';
  }
  if (text.includes('@')) return 'workEmail';
  return /^fp\d{6,}$/.test(text) ? 'id' : 'linkedin';
};

const lookUp = async (
  client: GatewayClient,
  kind: Kind,
  { by, options }: { by: object; options: Options },
): Promise<Answer> => {
  const selected = options.fields === undefined ? fieldsDefault[kind] : toSelection(options.fields);
  const types = { company: 'CompanyKey', person: 'PersonKey' };
  return await client.change(
    `query Lookup($by: ${types[kind]}!, $options: LookupOptions) {
      result: ${kind}(by: $by, options: $options) {
        outcome
        problem { code message }
        record: ${kind} { ${selected} }
        receipt {
          id charge creditsCharged creditsSaved provider fromSnapshot payer { kind connection { name } }
        }
      }
    }`,
    {
      by,
      options: {
        ...(await toLookupOptions(client, options)),
        ...(options.maxCredits === undefined ? {} : { maxCredits: options.maxCredits }),
      },
    },
  );
};

/** `name,identifiers.abn` as a selection of GraphQL. One with braces is taken as it is. Throws INVALID_INPUT. */
const toSelection = (list: string): string => {
  if (!/^[\w\s,.{}]*\w[\w\s,.{}]*$/.test(list)) {
    throw new GatewayError('INVALID_INPUT', 'Write --fields as name,employeeCount,identifiers.abn.');
  }
  return list
    .split(list.includes('{') ? '\n' : /[\s,]+/)
    .filter((path) => path !== '')
    .map((path) => {
      const names = list.includes('{') ? [path] : path.split('.');
      return names.join(' { ') + ' }'.repeat(names.length - 1);
    })
    .join(' ');
};

const linesOf = ({ outcome, record, receipt }: Answer['result']): string[] => {
  const fields = Object.entries(record ?? {}).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  const { payer, provider } = receipt;
  const paid = payer === null ? '' : `, payer ${payer.connection?.name ?? payer.kind}`;
  return [
    outcome,
    ...fields.map(([name, value]) => `  ${name.padEnd(width)}  ${inLine(value)}`),
    `Receipt ${receipt.id}: ${receipt.charge}, ${countOf(receipt.creditsCharged, 'credit')} charged, ${receipt.creditsSaved} saved${
      provider === null ? '' : `, ${provider}`
    }${paid}${receipt.fromSnapshot ? ', from a cached snapshot' : ''}`,
  ];
};
