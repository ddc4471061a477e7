import { v7 } from 'uuid';

/** A new id, UUID version 7: later ids sort later, so indexes grow at their end. */
export const newId = (): string => v7();

/** The source of a regular expression that matches a UUID in lower case. */
export const uuidPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const idShape = new RegExp(`^${uuidPattern}$`, 'i');

/** Whether the text can be an id: PostgreSQL refuses a query with any other. */
export const isId = (text: string): boolean => idShape.test(text);
