/**
 * How the time zones of places are named, and UTC. Short names (CET, IST, PST) are not taken: PostgreSQL reads many of them as
 * fixed offsets without daylight saving, which is not what people mean; nor +10:00, which it reads with the opposite sign.
 */
export const placeShape = /^(UTC|[a-z_]+(\/[a-z0-9_+-]+)+)$/i;

/** Whether a text is the name of a place's time zone, or UTC, that this JavaScript knows. */
export const isPlaceZone = (name: string): boolean => {
  if (!placeShape.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
};
