import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP archive of these parts. `sizes`: what its directory claims of a part's size. */
export const makeZip = (
  parts: Readonly<Record<string, string | Buffer>>,
  sizes: Record<string, number> = {},
): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(sizes[name] ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.of(20, 0), common, rest, Buffer.from(name));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
};

type Sheet = { name: string; rows: string; links?: string; state?: 'visible' | 'hidden' | 'veryHidden' };

const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook whose sheets have these rows, as XML. */
export const workbookParts = (
  sheets: readonly Sheet[],
  {
    strings = '',
    styles = '',
    date1904 = false,
  }: { strings?: string; styles?: string; date1904?: boolean } = {},
): Record<string, string> => ({
  '[Content_Types].xml': '<Types/>',
  '_rels/.rels': `<Relationships><Relationship Id="a" Type="${type}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="${date1904 ? 1 : 0}"/><x:sheets>${sheets
    .map(
      ({ name, state = 'visible' }, at) =>
        `<x:sheet name="${name}" sheetId="${at + 1}" state="${state}" r:id="s${at + 1}"/>`,
    )
    .join('')}</x:sheets></x:workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
    .map(
      (_, at) =>
        `<Relationship Id="s${at + 1}" Type="${type}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    )
    .join('')}</Relationships>`,
  ...Object.fromEntries(
    sheets.map(({ rows, links = '' }, at) => [
      `xl/worksheets/sheet${at + 1}.xml`,
      `<worksheet><sheetData>${rows}</sheetData>${links}</worksheet>`,
    ]),
  ),
  ...(strings === '' ? {} : { 'xl/sharedStrings.xml': `<sst>${strings}</sst>` }),
  ...(styles === '' ? {} : { 'xl/styles.xml': `<styleSheet>${styles}</styleSheet>` }),
});

export const makeWorkbook = (...given: Parameters<typeof workbookParts>): Buffer =>
  makeZip(workbookParts(...given));

/** A row of strings. */
export const textRow = (...cells: string[]): string =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
