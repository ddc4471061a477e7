import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { messageOf } from '../../api/request-error.js';
import { Button } from '../../ui/button.js';
import { useNotices } from '../../ui/notice.js';
import { useDownload } from './use-period-variables.js';

/** Saves the figures of a panel as a CSV file; `groupBy` of null saves the entries. */
export const CsvButton = ({ of, groupBy }: { of: string; groupBy: string | null }): JSX.Element => {
  const download = useDownload();
  const { warn } = useNotices();
  const [isRunning, setRunning] = useState(false);
  const save = async (): Promise<void> => {
    setRunning(true);
    try {
      await download(groupBy);
    } catch (error) {
      warn(messageOf(error));
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button kind="plain" label={`CSV: ${of}`} isDisabled={isRunning} onClick={() => void save()}>
      CSV
    </Button>
  );
};
