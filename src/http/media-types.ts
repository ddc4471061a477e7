/** A media type of a response. The last two are streams. */
export type MediaType = (typeof mediaTypes)[number];

export const graphqlType = 'application/graphql-response+json';
export const eventStream = 'text/event-stream';
const mediaTypes = ['application/json', graphqlType, eventStream, 'multipart/mixed'] as const;

/**
 * Chooses the media type of a response by an Accept header: the supported type with the highest weight, and of several
 * the first. JSON for any type, and without the header. Null if none is acceptable.
 */
export const chooseMediaType = (accept: string | undefined): MediaType | null => {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === 'application/json')
    return 'application/json';
  let chosen: MediaType | null = null;
  let weight = 0;
  for (const written of accept.split(',')) {
    const { type, parameters } = readMediaType(written);
    const found = type === '*/*' || type === 'application/*' ? 'application/json' : typeNamed(type);
    const quality = Number(parameters.get('q') ?? 1);
    // Responses are in UTF-8.
    const isReadable = (parameters.get('charset') ?? 'utf-8') === 'utf-8';
    if (found !== undefined && isReadable && quality > weight) {
      chosen = found;
      weight = quality;
    }
  }
  return chosen;
};

const typeNamed = (name: string): MediaType | undefined => mediaTypes.find((type) => type === name);

/** The media type of a body, in lower case. Some clients send a list of types, of which the first counts. */
export const bodyTypeOf = (contentType: string | undefined): string =>
  contentType === 'application/json' ? contentType : readMediaType(firstOf(contentType)).type;

/** The charset of a body, in lower case: UTF-8 unless the header names another. */
export const charsetOf = (contentType: string | undefined): string =>
  contentType === undefined || contentType === 'application/json'
    ? 'utf-8'
    : (readMediaType(firstOf(contentType)).parameters.get('charset') ?? 'utf-8').replace(/^utf8$/, 'utf-8');

/** Whether an Accept-Encoding header allows gzip. */
export const acceptsGzip = (header: string | undefined): boolean => {
  const weights = (header ?? '').split(',').map((written) => {
    const { type, parameters } = readMediaType(written);
    return [type, Number(parameters.get('q') ?? 1)] as const;
  });
  const [, weight] =
    weights.find(([name]) => name === 'gzip') ?? weights.find(([name]) => name === '*') ?? [];
  return weight !== undefined && weight > 0;
};

const firstOf = (header: string | undefined): string => (header ?? '').split(',', 1)[0] ?? '';

/** `type/subtype; name=value; name="value"`, in lower case. */
const readMediaType = (written: string): { type: string; parameters: ReadonlyMap<string, string> } => {
  const [type = '', ...rest] = written
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const parameters = rest.map((part) => {
    const [name = '', value = ''] = part.split('=', 2).map((side) => side.trim());
    return [name, value.replace(/^"(.*)"$/, '$1')] as const;
  });
  return { type, parameters: new Map(parameters) };
};
