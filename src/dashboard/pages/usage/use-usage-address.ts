import { useMemo } from 'preact/hooks';
import { useSearchParams } from 'wouter-preact';
import { readUsageAddress, type UsageAddress, writeUsageAddress } from './usage-address.js';

export type UsageAddressInUse = {
  address: UsageAddress;
  /** What is invalid in it, for the viewer. */
  problems: readonly string[];
  /** Replaces a part of it. */
  change: (part: Partial<UsageAddress>) => void;
};

/** What the address says of groups and filters, and how to change it. */
export const useUsageAddress = (): UsageAddressInUse => {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  return useMemo(() => {
    const { address, problems } = readUsageAddress(new URLSearchParams(text));
    return {
      address,
      problems,
      change: (part) =>
        setParameters((before) => withParameters(before, writeUsageAddress({ ...address, ...part }))),
    };
  }, [text]);
};

/** A copy with these parameters in place of those before; null removes one. */
const withParameters = (
  before: URLSearchParams,
  parameters: ReturnType<typeof writeUsageAddress>,
): URLSearchParams => {
  const after = new URLSearchParams(before);
  // A cursor belongs to the list before.
  after.delete('after');
  for (const [name, value] of Object.entries(parameters)) {
    after.delete(name);
    for (const one of value === null ? [] : [value].flat()) after.append(name, one);
  }
  return after;
};
