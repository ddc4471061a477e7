type Body = Record<string, unknown>;
type FieldChange = { applies: (index: number) => boolean; change: (body: Body) => Body };

/**
 * Gives some records a field of another type than documented, as the live API does: the documented examples break the
 * types of these fields. A record's index decides, so that tests can choose records; record 0, the flagship, has none.
 */
export const withUnexpectedCompanyFields = (index: number, body: Body): Body =>
  apply(companyChanges, index, body);

export const withUnexpectedPersonFields = (index: number, body: Body): Body =>
  apply(personChanges, index, body);

const companyChanges: readonly FieldChange[] = [
  {
    // `verified` is documented as a string and has the example `true`.
    applies: (index) => index % 4 === 1,
    change: (body) =>
      within(body, ['nextGen', 'social_media', 'linkedin'], (channel) => ({ ...channel, verified: true })),
  },
  {
    // `url` is documented as a string and has the example 4.5.
    applies: (index) => index % 9 === 2,
    change: (body) => within(body, ['nextGen', 'reviews_rating'], (reviews) => ({ ...reviews, url: 4.5 })),
  },
  {
    applies: (index) => index % 13 === 3,
    change: (body) => ({ ...body, year_founded: String(body['year_founded']) }),
  },
  {
    applies: (index) => index % 17 === 4,
    change: (body) => ({ ...body, phones: null, keywords: 'Wholesale, Export' }),
  },
];

const personChanges: readonly FieldChange[] = [
  {
    applies: (index) => index % 7 === 6,
    change: (body) => ({ ...body, year_joined: String(body['year_joined']) }),
  },
  {
    // `handle` is documented as a string and has the example 100, `connections` the other way round.
    applies: (index) => index % 8 === 7,
    change: (body) =>
      within(body, ['social_media', 'linkedin'], (profile) => ({
        ...profile,
        handle: 100,
        connections: '500+',
      })),
  },
  {
    applies: (index) => index % 11 === 10,
    change: (body) => ({ ...body, education: null, location: 'Sydney' }),
  },
  {
    // `year_joined` of a second seat is documented as a number and has the example "2022".
    applies: (index) => index % 2 === 1,
    change: (body) => {
      const seats = body['secondary_position'];
      if (!Array.isArray(seats)) return body;
      return {
        ...body,
        secondary_position: seats.map((seat: Body) => ({
          ...seat,
          year_joined: String(seat['year_joined']),
        })),
      };
    },
  },
];

const apply = (changes: readonly FieldChange[], index: number, body: Body): Body =>
  changes.reduce((current, one) => (one.applies(index) ? one.change(current) : current), body);

/** The body with the object at `path` changed; unchanged where there is none. */
const within = (body: Body, path: readonly string[], change: (inner: Body) => Body): Body => {
  const [first, ...rest] = path;
  if (first === undefined) return change(body);
  const inner = body[first];
  return isBody(inner) ? { ...body, [first]: within(inner, rest, change) } : body;
};

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null;
