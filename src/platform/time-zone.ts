import { LRUCache } from 'lru-cache';

/**
 * The legacy names of time zones: the present name first, then those that IANA keeps for old programs only (the file
 * `backward`, 2025b, without names of the list `zone.tab`). A PostgreSQL that reads the system's zone files may not have
 * the legacy names, and browsers and Node.js still report them. Kept here, because stored names must not move with an
 * update.
 */
const links = `
Africa/Abidjan Africa/Timbuktu
Africa/Asmara Africa/Asmera
America/Adak America/Atka US/Aleutian
America/Anchorage US/Alaska
America/Argentina/Buenos_Aires America/Buenos_Aires
America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca
America/Argentina/Cordoba America/Cordoba America/Rosario
America/Argentina/Jujuy America/Jujuy
America/Argentina/Mendoza America/Mendoza
America/Chicago US/Central
America/Denver America/Shiprock US/Mountain
America/Detroit US/Michigan
America/Edmonton America/Yellowknife Canada/Mountain
America/Halifax Canada/Atlantic
America/Indiana/Indianapolis America/Fort_Wayne America/Indianapolis US/East-Indiana
America/Indiana/Knox America/Knox_IN US/Indiana-Starke
America/Iqaluit America/Pangnirtung
America/Kentucky/Louisville America/Louisville
America/Los_Angeles US/Pacific
America/Manaus Brazil/West
America/Mazatlan Mexico/BajaSur
America/Mexico_City Mexico/General
America/New_York US/Eastern
America/Noronha Brazil/DeNoronha
America/Nuuk America/Godthab
America/Atikokan America/Coral_Harbour
America/Phoenix US/Arizona
America/Puerto_Rico America/Virgin
America/Regina Canada/Saskatchewan
America/Rio_Branco America/Porto_Acre Brazil/Acre
America/Santiago Chile/Continental
America/Sao_Paulo Brazil/East
America/St_Johns Canada/Newfoundland
America/Tijuana America/Ensenada America/Santa_Isabel Mexico/BajaNorte
America/Toronto America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern
America/Vancouver Canada/Pacific
America/Whitehorse Canada/Yukon
America/Winnipeg America/Rainy_River Canada/Central
Asia/Ashgabat Asia/Ashkhabad
Asia/Dhaka Asia/Dacca
Asia/Ho_Chi_Minh Asia/Saigon
Asia/Jerusalem Asia/Tel_Aviv
Asia/Kathmandu Asia/Katmandu
Asia/Kolkata Asia/Calcutta
Asia/Macau Asia/Macao
Asia/Makassar Asia/Ujung_Pandang
Asia/Nicosia Europe/Nicosia
Asia/Shanghai Asia/Chongqing Asia/Chungking Asia/Harbin
Asia/Thimphu Asia/Thimbu
Asia/Ulaanbaatar Asia/Choibalsan Asia/Ulan_Bator
Asia/Urumqi Asia/Kashgar
Asia/Yangon Asia/Rangoon
Atlantic/Faroe Atlantic/Faeroe
Australia/Adelaide Australia/South
Australia/Brisbane Australia/Queensland
Australia/Broken_Hill Australia/Yancowinna
Australia/Darwin Australia/North
Australia/Hobart Australia/Currie Australia/Tasmania
Australia/Lord_Howe Australia/LHI
Australia/Melbourne Australia/Victoria
Australia/Perth Australia/West
Australia/Sydney Australia/ACT Australia/Canberra Australia/NSW
Europe/Berlin Atlantic/Jan_Mayen
Europe/Chisinau Europe/Tiraspol
Europe/Istanbul Asia/Istanbul
Europe/Kyiv Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye
Europe/London Europe/Belfast
Pacific/Auckland Antarctica/South_Pole
Pacific/Easter Chile/EasterIsland
Pacific/Pohnpei Pacific/Ponape
Pacific/Honolulu Pacific/Johnston US/Hawaii
Pacific/Kanton Pacific/Enderbury
Pacific/Pago_Pago Pacific/Samoa US/Samoa
Pacific/Chuuk Pacific/Truk Pacific/Yap
`;

/** By each legacy name in lower case. */
const presentNames: ReadonlyMap<string, string> = new Map(
  links.split('\n').flatMap((line) => {
    const [present = '', ...legacy] = line.split(' ');
    return legacy.map((name) => [name.toLowerCase(), present] as const);
  }),
);

/**
 * The names of places' time zones, and UTC. Short names (CET, IST, PST) are refused: PostgreSQL reads many of them as
 * fixed offsets without daylight saving. So is +10:00, which it reads with the opposite sign.
 */
const placeShape = /^(UTC|[a-z_]+(\/[a-z0-9_+-]+)+)$/i;

/**
 * The one name under which a time zone is stored and computed, for any of its names in any case; null for a text that
 * is not the name of a place's time zone, or UTC, that this JavaScript knows.
 */
export const readTimeZone = (text: string): string | null => {
  const known = namesRead.get(text);
  if (known !== undefined) return known;
  const name = readName(text);
  if (name !== null) namesRead.set(text, name);
  return name;
};

/** Names that were read: each costs Intl a third of a millisecond, and a page of reports has one in every request. */
const namesRead = new LRUCache<string, string>({ max: 1_000 });

const readName = (text: string): string | null => {
  if (!placeShape.test(text)) return null;
  const present = presentNames.get(text.toLowerCase());
  if (present !== undefined) return present;
  try {
    // Some versions of Node.js return a legacy name for a present one here, others the name as it is.
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return presentNames.get(timeZone.toLowerCase()) ?? timeZone;
  } catch {
    return null;
  }
};
