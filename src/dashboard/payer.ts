import { formatWord } from './format.js';

/** Whose key paid, as people know it. */
export const payerOf = ({
  payer,
  connection,
}: {
  payer: string | null;
  connection: { name: string } | null;
}): string => {
  if (connection !== null) return connection.name;
  return payer === null ? '–' : formatWord(payer);
};
