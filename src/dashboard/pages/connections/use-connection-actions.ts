import {
  EnableConnectionDocument,
  SetDefaultConnectionDocument,
  VerifyConnectionDocument,
} from '../../api/operations.js';
import { messageOf } from '../../api/request-error.js';
import { useChange } from '../../api/use-operation.js';
import { providerTitle } from '../../ui/format.js';
import { useNotices } from '../../ui/notice.js';
import type { Connection } from './connection-state.js';

type Refusals = readonly { message: string }[];

/** What is done to a connection at once, without a dialog. The result is announced. */
export const useConnectionActions = ({
  id,
  name,
  provider,
}: Connection): { verify: () => void; makeDefault: () => void; enable: () => void } => {
  const { announce, warn } = useNotices();
  const verification = useChange(VerifyConnectionDocument);
  const setDefault = useChange(SetDefaultConnectionDocument);
  const enabling = useChange(EnableConnectionDocument);
  const report = async (work: Promise<Refusals>, done: string): Promise<void> => {
    try {
      const refusals = await work;
      if (refusals.length === 0) announce(done);
      else warn(refusals.map(({ message }) => message).join(' '));
    } catch (error) {
      warn(messageOf(error));
    }
  };
  return {
    verify: () =>
      void report(
        verification.run({ id }).then(({ verifyConnection }) => verifyConnection.userErrors),
        `${providerTitle(provider)} accepts the key of ${name}.`,
      ),
    makeDefault: () =>
      void report(
        setDefault.run({ id }).then(({ setDefaultConnection }) => setDefaultConnection.userErrors),
        `${name} pays for lookups at ${providerTitle(provider)} that name no connection.`,
      ),
    enable: () =>
      void report(
        enabling.run({ id }).then(({ enableConnection }) => enableConnection.userErrors),
        `${name} is enabled.`,
      ),
  };
};
