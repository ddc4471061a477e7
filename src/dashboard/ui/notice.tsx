import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import { Button } from './button.js';

type Notice = { id: number; text: string; isBad: boolean };
type NoticeBoard = {
  notices: readonly Notice[];
  /** Shows a message at the top of the page, also to screen readers. */
  announce: (text: string) => void;
  /** The same for what failed. */
  warn: (text: string) => void;
  dismiss: (id: number) => void;
};

const NoticeContext = createContext<NoticeBoard | null>(null);

export const useNotices = (): NoticeBoard => {
  const board = useContext(NoticeContext);
  if (board === null) throw new Error('there is no notice board');
  return board;
};

export const NoticeProvider = ({ children }: { children: ComponentChildren }): JSX.Element => {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const board = useMemo((): NoticeBoard => {
    const add = (text: string, isBad: boolean): void =>
      setNotices((before) => [...before.slice(-2), { id: (before.at(-1)?.id ?? 0) + 1, text, isBad }]);
    return {
      notices,
      announce: (text) => add(text, false),
      warn: (text) => add(text, true),
      dismiss: (id) => setNotices((before) => before.filter((notice) => notice.id !== id)),
    };
  }, [notices]);
  return <NoticeContext.Provider value={board}>{children}</NoticeContext.Provider>;
};

/** The messages that were announced, each until it is dismissed. */
export const Notices = (): JSX.Element => {
  const { notices, dismiss } = useNotices();
  return (
    <div class="notices" role="status">
      {notices.map(({ id, text, isBad }) => (
        <p key={id} class={isBad ? 'notice bad' : 'notice'}>
          <span>{text}</span>
          <Button kind="plain" label={`Dismiss: ${text}`} onClick={() => dismiss(id)}>
            Dismiss
          </Button>
        </p>
      ))}
    </div>
  );
};
