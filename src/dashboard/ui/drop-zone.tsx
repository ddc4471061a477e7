import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

/** Takes a file by drop, by click and by the keyboard. */
export const DropZone = ({
  title,
  note,
  accept,
  take,
}: {
  title: string;
  note: string;
  /** The types and endings of names that the browser offers. */
  accept: string;
  take: (file: File) => void;
}): JSX.Element => {
  const [isOver, setOver] = useState(false);
  const takeFirst = (files: FileList | null | undefined): void => {
    const [file] = files ?? [];
    if (file !== undefined) take(file);
  };
  return (
    <label
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        takeFirst(event.dataTransfer?.files);
      }}
    >
      <span>{title}</span>
      <span class="note">{note}</span>
      <input
        class="unseen"
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => takeFirst(currentTarget.files)}
      />
    </label>
  );
};
