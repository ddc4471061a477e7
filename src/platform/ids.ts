import { v7 } from 'uuid';

/** A new id, UUID version 7: ids made later sort later, so indexes grow at their end. */
export const newId = (): string => v7();
