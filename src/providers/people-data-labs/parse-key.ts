import { cleanKey, isMarkedKey } from '../clean-key.js';

// 64 hexadecimal digits as a rule; not relied on, because the document does not promise it.
const keyShape = /^[A-Za-z0-9_-]{32,128}$/;
const sandboxShape = /^pdl_sandbox_[A-Za-z0-9_-]{1,100}$/;

/** Where a person finds a key. Source: People Data Labs' quickstart. */
export const keyHelp =
  'At dashboard.peopledatalabs.com: API Keys → copy. It is about 64 hexadecimal digits; a free account has one too.';

/** A key of the built-in sandbox that anybody may use. */
export const sandboxKey = 'pdl_sandbox_demo';

/** The key in what a person pasted; null where it cannot be one of People Data Labs. */
export const parseKey = (pasted: string): string | null => {
  const key = cleanKey(pasted);
  if (sandboxShape.test(key)) return key;
  return keyShape.test(key) && !isMarkedKey(key) ? key : null;
};

/** Keys with this beginning belong to the built-in sandbox and never leave the machine. */
export const isSandboxKey = (key: string): boolean => key.startsWith('pdl_sandbox_');
