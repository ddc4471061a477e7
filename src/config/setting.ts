import * as z from 'zod';

/** A setting: one variable of the environment, as the documentation shows it. */
export type Setting = {
  name: string;
  /** The name before 0.1.0. It is still read, with a warning. */
  oldName?: string;
  /** Read in lower case as well, which goes first: the convention of proxies. */
  lowerCase?: true;
  /** As written in the environment; null if there is none. */
  default: string | null;
  description: string;
};

/** The documentation of every shape of a setting. */
export const registry = z.registry<Setting>();
