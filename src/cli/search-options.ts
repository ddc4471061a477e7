import { type Command, InvalidArgumentError } from 'commander';

/** The options of a people search, as commander reads them. */
export type SearchFlags = { position?: string; seniority?: string; department?: string; size?: number };

/** Adds the options of a people search. */
export const addSearchOptions = (command: Command): Command =>
  command
    .option('--position <words>', 'with --operation people_search: words of the position')
    .option('--seniority <level>', 'the same: the level of seniority', toEnumValue)
    .option('--department <name>', 'the same: the department', toEnumValue)
    .option('--size <number>', 'the same: the most people of each company', readSize);

/** `sales and marketing` as SALES_AND_MARKETING. */
export const toEnumValue = (text: string): string =>
  text
    .trim()
    .replace(/[^a-z0-9]+/gi, '_')
    .toUpperCase();

const readSize = (text: string): number => {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number from 1 to 100.');
};

/** Whether an option is given that only a people search has. */
export const hasSearch = ({ position, seniority, department, size }: SearchFlags): boolean =>
  [position, seniority, department, size].some((flag) => flag !== undefined);

/** The field `search` of `createJob`; without it for other operations. */
export const readSearch = (operation: string, flags: SearchFlags): { search?: object } => {
  if (operation.toUpperCase() !== 'PEOPLE_SEARCH') return {};
  const { position, seniority, department, size } = flags;
  return {
    search: {
      ...(position === undefined ? {} : { position }),
      ...(seniority === undefined ? {} : { seniority }),
      ...(department === undefined ? {} : { department }),
      ...(size === undefined ? {} : { size }),
    },
  };
};
