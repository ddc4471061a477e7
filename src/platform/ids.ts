import { v7 } from 'uuid';

/** A new id, UUID version 7: ids made later sort later, so indexes grow at their end. */
export const newId = (): string => v7();

/** Whether the text can be an id at all: what cannot is not worth a query, and PostgreSQL would refuse it. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
