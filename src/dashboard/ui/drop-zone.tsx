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
  const [problem, setProblem] = useState('');
  const takeOne = (files: FileList | null | undefined): void => {
    const [file, ...others] = files ?? [];
    // Which of them was meant is not known, and the others would be left out in silence.
    setProblem(others.length === 0 ? '' : `${others.length + 1} files were dropped: drop one at a time.`);
    if (file !== undefined && others.length === 0) take(file);
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
        takeOne(event.dataTransfer?.files);
      }}
    >
      <span>{title}</span>
      <span class="note">{note}</span>
      <input
        class="unseen"
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => takeOne(currentTarget.files)}
      />
      <span class="wrong" role="alert">
        {problem}
      </span>
    </label>
  );
};
