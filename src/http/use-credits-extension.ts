import type { Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../graphql/context.js';
import { toInt } from '../graphql/credits.js';

/** `extensions.credits` on every executed operation: what it charged, saved and left reserved, in credits. */
export const useCreditsExtension = (): Plugin<GatewayContext> => ({
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      if (Symbol.asyncIterator in result) return;
      const { charged, saved, reserved } = args.contextValue.asking.tally;
      setResult({
        ...result,
        extensions: {
          ...result.extensions,
          credits: { charged: toInt(charged), saved: toInt(saved), reserved: toInt(reserved) },
        },
      });
    },
  }),
});
