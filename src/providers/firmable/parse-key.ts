import { cleanKey } from '../clean-key.js';

const keyShape = /^fbl_[A-Za-z0-9_-]{8,200}$/;

/** Where a person finds a key. Source: Firmable's help centre on API access. */
export const keyHelp =
  'In Firmable: Manage Account → Integrations → Firmable API → Generate API Key. It begins with fbl_, needs the ' +
  'Teams Pro plan or above, and the role Admin, Manager or Integration.';

/** A key of the built-in sandbox that anybody may use. */
export const sandboxKey = 'fbl_sandbox_demo';

/** The key in what a person pasted; null where it cannot be a Firmable key. */
export const parseKey = (pasted: string): string | null => {
  const key = cleanKey(pasted);
  return keyShape.test(key) ? key : null;
};

/** Keys with this beginning belong to the built-in sandbox and never leave the machine. */
export const isSandboxKey = (key: string): boolean => key.startsWith('fbl_sandbox_');
