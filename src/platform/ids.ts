import { v7 } from 'uuid';

/** A new id, UUID version 7: later ids sort later, so indexes grow at their end. */
export const newId = (): string => v7();

/** The smallest id that can be made at an instant or later; before 1970, the smallest of all. */
export const firstIdAt = (at: Date): string => {
  const digits = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
};

/** The source of a regular expression that matches a UUID in lower case. */
export const uuidPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const idShape = new RegExp(`^${uuidPattern}$`, 'i');

/** Whether the text can be an id: PostgreSQL refuses a query with any other. */
export const isId = (text: string): boolean => idShape.test(text);
