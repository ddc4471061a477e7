import { z } from 'zod';

/** An instant within the years that both JavaScript and PostgreSQL write with four digits. */
export const instant = (what: string) => {
  const message = `"${what}" must be an instant between the years 1 and 9999: write it as 2030-01-31T00:00:00Z.`;
  return z
    .date(message)
    .min(new Date('0001-01-02T00:00:00Z'), message)
    .max(new Date('9999-12-31T00:00:00Z'), message);
};
