type Body = Record<string, unknown>;
type Oddity = { applies: (index: number) => boolean; change: (body: Body) => Body };

/**
 * Gives some records a field of another type than the document promises, as the live API does: its own examples
 * break their types in these very places. Which records is decided by their index, so tests can name them; record
 * 0, the flagship, has none.
 */
export const withOddCompanyFields = (index: number, body: Body): Body => apply(companyOddities, index, body);

export const withOddPersonFields = (index: number, body: Body): Body => apply(personOddities, index, body);

const companyOddities: readonly Oddity[] = [
  {
    // `verified` is documented as a string and exemplified by `true`.
    applies: (index) => index % 4 === 1,
    change: (body) =>
      within(body, ['nextGen', 'social_media', 'linkedin'], (channel) => ({ ...channel, verified: true })),
  },
  {
    // `url` is documented as a string and exemplified by 4.5.
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

const personOddities: readonly Oddity[] = [
  {
    applies: (index) => index % 7 === 6,
    change: (body) => ({ ...body, year_joined: String(body['year_joined']) }),
  },
  {
    // `handle` is documented as a string and exemplified by 100, `connections` the other way round.
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
    // `year_joined` of a second seat is documented as a number and exemplified by "2022".
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

const apply = (oddities: readonly Oddity[], index: number, body: Body): Body =>
  oddities.reduce((current, oddity) => (oddity.applies(index) ? oddity.change(current) : current), body);

/** A copy with the object at `path` changed; where there is none, the body as it is. */
const within = (body: Body, path: readonly string[], change: (inner: Body) => Body): Body => {
  const [first, ...rest] = path;
  if (first === undefined) return change(body);
  const inner = body[first];
  return isBody(inner) ? { ...body, [first]: within(inner, rest, change) } : body;
};

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null;
