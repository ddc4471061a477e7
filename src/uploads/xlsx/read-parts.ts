import { brokenWorkbook, tooLargeInside } from './broken-workbook.js';
import { type CellFormat, formatOf, unescapeText } from './cell-format.js';
import { type Archive, entriesMax } from './open-archive.js';
import { createXmlReader, type XmlHandler } from './read-xml.js';
import type { StringTable } from './string-table.js';

/** What a sheet needs of its workbook. */
export type WorkbookParts = {
  /** In their order: the name, the part of the archive, and whether it is hidden. */
  sheets: { name: string; part: string; isHidden: boolean }[];
  epoch1904: boolean;
  /** The formats of cells by their style. */
  formats: CellFormat[];
};

/** What is in memory of these parts has limits: Excel allows 65,490 formats. */
const smallPartBytesMax = 50_000_000;
const formatsMax = 100_000;

const keepUpTo = (max: number, count: number): void => {
  if (count > max) throw tooLargeInside();
};

/** Reads the parts of a workbook beside its sheets, and fills the table of strings. Throws INVALID_INPUT. */
export const readParts = async (archive: Archive, strings: StringTable): Promise<WorkbookParts> => {
  const root = await readRelations(archive, '_rels/.rels', '');
  const workbook =
    [...root.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  const at = workbook.lastIndexOf('/') + 1;
  const folder = workbook.slice(0, at);
  const relations = await readRelations(archive, `${folder}_rels/${workbook.slice(at)}.rels`, folder);
  const partOf = (type: string): string | undefined =>
    [...relations.values()].find((relation) => relation.type === type)?.part;

  const sheets: WorkbookParts['sheets'] = [];
  let epoch1904 = false;
  await readXml(archive, workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') epoch1904 = /^(?:1|true|on)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const [, id = ''] = Object.entries(attributes).find(([key]) => key.endsWith(':id')) ?? [];
      const relation = relations.get(id);
      if (relation?.type !== 'worksheet') return;
      const isHidden = /^(?:hidden|veryHidden)$/.test(attributes['state'] ?? '');
      keepUpTo(entriesMax, sheets.push({ name: attributes['name'] ?? '', part: relation.part, isHidden }));
    },
  });
  if (sheets.length === 0) throw brokenWorkbook();
  await readStrings(archive, partOf('sharedStrings') ?? `${folder}sharedStrings.xml`, strings);
  const formats = await readFormats(archive, partOf('styles') ?? `${folder}styles.xml`);
  return { sheets, epoch1904, formats };
};

const readXml = async (
  archive: Archive,
  part: string,
  handler: XmlHandler,
  pieces = archive.read(part, smallPartBytesMax),
): Promise<void> => {
  if (!archive.has(part)) return;
  const reader = createXmlReader(handler);
  for await (const piece of pieces) reader.write(piece);
  reader.end();
};

type Relation = { type: string; part: string };

const readRelations = async (
  archive: Archive,
  part: string,
  folder: string,
): Promise<ReadonlyMap<string, Relation>> => {
  const relations = new Map<string, Relation>();
  await readXml(archive, part, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (name !== 'Relationship') return;
      const resolved = resolvePart(target, folder);
      relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), part: resolved });
      keepUpTo(entriesMax, relations.size);
    },
  });
  return relations;
};

/** A target is resolved like an address, so that ".." leads nowhere but to another part. */
const resolvePart = (target: string, folder: string): string => {
  try {
    return decodeURI(new URL(target, `part:/${folder}`).pathname).replace(/^\//, '');
  } catch (error) {
    throw brokenWorkbook(error);
  }
};

const stringCharactersMax = 1_000_000;

const readStrings = async (archive: Archive, part: string, strings: StringTable): Promise<void> => {
  let text: string | null = null;
  let isText = false;
  let phonetic = 0;
  const handler: XmlHandler = {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') isText = phonetic === 0;
    },
    text: (more) => {
      if (!isText || text === null) return;
      text += more;
      if (text.length > stringCharactersMax) throw brokenWorkbook();
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        strings.add(unescapeText(text ?? ''));
        text = null;
      }
    },
  };
  await readXml(archive, part, handler, archive.read(part));
};

const readFormats = async (archive: Archive, part: string): Promise<CellFormat[]> => {
  const codes = new Map<number, string>();
  /** By their ids, as many styles share one. */
  const known = new Map<number, CellFormat>();
  const formats: CellFormat[] = [];
  let isCells = false;
  await readXml(archive, part, {
    open: (name, attributes) => {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (name === 'numFmt') codes.set(id, attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') isCells = true;
      else if (name === 'xf' && isCells) {
        const format = known.get(id) ?? formatOf(id, codes.get(id));
        known.set(id, format);
        formats.push(format);
      }
      keepUpTo(formatsMax, codes.size + formats.length);
    },
    close: (name) => {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return formats;
};
