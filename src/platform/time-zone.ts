import { LRUCache } from 'lru-cache';

/**
 * The legacy names of time zones: the present name first, then those that IANA keeps for old programs only (the file
 * `backward`, 2025b, without names of the list `zone.tab` and without abbreviations). A PostgreSQL that reads the system's
 * zone files may not have the legacy names, and browsers and Node.js still report them. Kept here, because stored names must
 * not move with an update.
 */
const links = `
Africa/Abidjan Africa/Timbuktu
Africa/Asmara Africa/Asmera
Africa/Cairo Egypt
Africa/Tripoli Libya
America/Adak America/Atka US/Aleutian
America/Anchorage US/Alaska
America/Argentina/Buenos_Aires America/Buenos_Aires
America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca
America/Argentina/Cordoba America/Cordoba America/Rosario
America/Argentina/Jujuy America/Jujuy
America/Argentina/Mendoza America/Mendoza
America/Atikokan America/Coral_Harbour
America/Chicago US/Central CST6CDT
America/Denver America/Shiprock US/Mountain Navajo MST7MDT
America/Detroit US/Michigan
America/Edmonton America/Yellowknife Canada/Mountain
America/Halifax Canada/Atlantic
America/Havana Cuba
America/Indiana/Indianapolis America/Fort_Wayne America/Indianapolis US/East-Indiana
America/Indiana/Knox America/Knox_IN US/Indiana-Starke
America/Iqaluit America/Pangnirtung
America/Jamaica Jamaica
America/Kentucky/Louisville America/Louisville
America/Los_Angeles US/Pacific PST8PDT
America/Manaus Brazil/West
America/Mazatlan Mexico/BajaSur
America/Mexico_City Mexico/General
America/New_York US/Eastern EST5EDT
America/Noronha Brazil/DeNoronha
America/Nuuk America/Godthab
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
Asia/Hong_Kong Hongkong
Asia/Jerusalem Asia/Tel_Aviv Israel
Asia/Kathmandu Asia/Katmandu
Asia/Kolkata Asia/Calcutta
Asia/Macau Asia/Macao
Asia/Makassar Asia/Ujung_Pandang
Asia/Nicosia Europe/Nicosia
Asia/Seoul ROK
Asia/Shanghai Asia/Chongqing Asia/Chungking Asia/Harbin PRC
Asia/Singapore Singapore
Asia/Taipei ROC
Asia/Tehran Iran
Asia/Thimphu Asia/Thimbu
Asia/Tokyo Japan
Asia/Ulaanbaatar Asia/Choibalsan Asia/Ulan_Bator
Asia/Urumqi Asia/Kashgar
Asia/Yangon Asia/Rangoon
Atlantic/Faroe Atlantic/Faeroe
Atlantic/Reykjavik Iceland
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
Europe/Dublin Eire
Europe/Istanbul Asia/Istanbul Turkey
Europe/Kyiv Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye
Europe/Lisbon Portugal
Europe/London Europe/Belfast GB GB-Eire
Europe/Moscow W-SU
Europe/Warsaw Poland
Pacific/Auckland Antarctica/South_Pole NZ
Pacific/Chatham NZ-CHAT
Pacific/Chuuk Pacific/Truk Pacific/Yap
Pacific/Easter Chile/EasterIsland
Pacific/Honolulu Pacific/Johnston US/Hawaii
Pacific/Kanton Pacific/Enderbury
Pacific/Kwajalein Kwajalein
Pacific/Pago_Pago Pacific/Samoa US/Samoa
Pacific/Pohnpei Pacific/Ponape
UTC GMT GMT0 GMT+0 GMT-0 Greenwich UCT Universal Zulu
`;

/** By each legacy name in lower case. */
const presentNames: ReadonlyMap<string, string> = new Map(
  links.split('\n').flatMap((line) => {
    const [present = '', ...legacy] = line.split(' ');
    return legacy.map((name) => [name.toLowerCase(), present] as const);
  }),
);

/**
 * The names of places' time zones, and UTC, besides those above. Abbreviations (CET, EST, IST) are refused: they mean several
 * zones, and PostgreSQL reads many as fixed offsets without daylight saving. So is +10:00, which it reads with the opposite sign.
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
  const present = presentNames.get(text.toLowerCase());
  if (present !== undefined) return present;
  if (!placeShape.test(text)) return null;
  try {
    // Some versions of Node.js return a legacy name for a present one here, others the name as it is.
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return presentNames.get(timeZone.toLowerCase()) ?? timeZone;
  } catch {
    return null;
  }
};
