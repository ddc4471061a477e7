import { z } from 'zod';

/** A variable of the environment, as the papers show it. */
export type Variable = {
  name: string;
  /** As it would be written in the environment; null where there is none. */
  default: string | null;
  meaning: string;
};

/** Which variable each field of the configuration is read from. */
export const variables = z.registry<Variable>();
