import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.js';

/** Copies a text, and says so. Where the clipboard is not available (plain HTTP), it says how to copy. */
export const CopyButton = ({ text, what }: { text: string; what: string }): JSX.Element => {
  const [state, setState] = useState<'READY' | 'COPIED' | 'FAILED'>('READY');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('COPIED');
    } catch {
      setState('FAILED');
    }
  };
  return (
    <>
      <Button label={`Copy ${what}`} onClick={() => void copy()}>
        Copy
      </Button>
      <span class="note" role="status">
        {state === 'COPIED' ? 'Copied.' : state === 'FAILED' ? 'Select the text and copy it.' : ''}
      </span>
    </>
  );
};
