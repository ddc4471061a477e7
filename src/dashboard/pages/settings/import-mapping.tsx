import type { JSX } from 'preact';
import type { ImportColumnKind } from '../../api/operations.js';
import type { ImportFile, Mapping } from './import-file.js';
import type { Kind } from './use-import-preview.js';

const kindTitles: Record<ImportColumnKind, string> = {
  ID: 'Id of the record',
  DOMAIN: 'Domain or website',
  LINKEDIN: 'LinkedIn page',
  ABN: 'ABN',
  EMAIL: 'E-mail address',
};

const kindsOf: Record<Kind, readonly ImportColumnKind[]> = {
  COMPANY: ['ID', 'DOMAIN', 'LINKEDIN', 'ABN'],
  PERSON: ['ID', 'LINKEDIN', 'EMAIL'],
};

const sampleRows = 5;

type ImportMappingProps = {
  file: ImportFile;
  operation: Kind;
  mapping: Mapping;
  change: (mapping: Mapping) => void;
};

/** The first lines of the file, with a choice of what each column holds. Only one column holds the ids. */
export const ImportMapping = ({ file, operation, mapping, change }: ImportMappingProps): JSX.Element => {
  const { kinds, hasHeadings } = mapping;
  const headings = hasHeadings ? (file.rows[0]?.cells ?? []) : [];
  const rows = file.rows.slice(hasHeadings ? 1 : 0).slice(0, sampleRows);
  const choose = (at: number, value: string): void => {
    const kind = kindsOf[operation].find((one) => one === value) ?? null;
    change({
      ...mapping,
      kinds: kinds.map((present, place) => {
        if (place === at) return kind;
        return kind === 'ID' && present === 'ID' ? null : present;
      }),
    });
  };
  return (
    <div class="table mapping" role="region" aria-label="The first lines" tabIndex={0}>
      <table>
        <caption class="unseen">The first lines of the file, and what each column holds</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            {kinds.map((kind, at) => {
              const title = headings[at]?.trim() || `Column ${at + 1}`;
              return (
                <th key={at} scope="col">
                  <span class="below">{title}</span>
                  <select
                    aria-label={`${title} holds`}
                    value={kind ?? ''}
                    onChange={({ currentTarget }) => choose(at, currentTarget.value)}
                  >
                    <option value="">Not read</option>
                    {kindsOf[operation].map((one) => (
                      <option key={one} value={one}>
                        {kindTitles[one]}
                      </option>
                    ))}
                  </select>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, cells }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              {kinds.map((kind, at) => (
                <td key={at} class={kind === null ? 'quiet' : undefined}>
                  {cells[at] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
