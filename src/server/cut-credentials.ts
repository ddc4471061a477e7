/**
 * GraphQL quotes the values it cannot take: `Variable "$input" got invalid value { key: "fbl_…" }; Field "name" … was
 * not provided`. What looks like a key, a token or a webhook's secret is cut out of such a message.
 */
export const cutCredentials = (text: string): string => text.replace(credential, '$1_[cut]');

const credential = /(?<![A-Za-z0-9])(fbl|pdl|fgw|whsec)_[\w-]{6,}/g;
