/**
 * Labels that a company puts in front of its own domain: careers.harbourline.example is Harbourline. A label that may be
 * an organization of its own is not among them: a department (`law`), a country (`au`, `nz`), a brand or a product. Nor
 * are labels that are both a language and a country (`de`, `fr`), and those of what a parent may have set up as a separate
 * body (`press`, `foundation`, `academy`, `health`, `media`, `labs`).
 *
 * A change moves stored lookup keys. Removing a label needs no migration. Adding one needs a migration like
 * drop_generic_labels_of_domains, and a line in the test that pins the keys.
 */
export const genericLabels: ReadonlySet<string> = new Set(
  [
    'www ww wwww web m mobile home en english',
    'about aboutus about-us contact team info',
    'career careers job jobs apply hiring recruiting recruitment work-with-us workwithus join joinus',
    'blog news newsroom events investor investors ir',
    'shop store eshop',
    'app apps login signin accounts account auth sso secure',
    'mail email webmail smtp imap',
    'support help helpdesk status docs developer developers api',
    'go get try start landing pages lp',
    'beta staging',
  ].flatMap((line) => line.split(' ')),
);

/** `www1` to `www9` too. */
export const isGenericLabel = (label: string): boolean =>
  genericLabels.has(label) || /^www[1-9]$/.test(label);
