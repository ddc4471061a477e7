/**
 * Suffixes of the public suffix list's private section under which companies register domains of their own, as they do
 * under com.au: harbourline.uk.com is Harbourline's domain. Every other private suffix is a host of other people's pages:
 * harbourline.github.io is a page at GitHub.
 */
export const privateRegistries: ReadonlySet<string> = new Set(
  [
    // Second-level domains that are sold as if they were of a country.
    'ae.org africa.com br.com cn.com co.com com.de com.se de.com eu.com gb.net gr.com hk.com hk.org hu.net in.net it.com',
    'jp.net jpn.com mex.com ru.com sa.com se.net uk.com uk.net us.com us.org za.bz za.com za.net za.org eu.org web.in',
    'co.bn co.business co.ca co.cz co.de co.dk co.education co.events co.financial co.fo com.fo co.krd co.network co.nl',
    'co.no co.pl co.place co.ro co.scot co.site co.technology nz.basketball aus.basketball radio.am radio.fm',
    // Domains of regions and professions.
    'biz.dk firm.dk reg.dk store.dk biz.ng col.ng firm.ng gen.ng ltd.ng ngo.ng plc.ng biz.ua cc.ua co.ua cx.ua inf.ua',
    'ltd.ua pp.ua biz.wf inc.hk ltd.hk priv.at shop.ro online.th shop.th gov.scot me.scot org.scot gov.nl gv.uy tche.br',
    'ac.ru com.ru edu.ru gov.ru int.ru mil.ru net.ru nov.ru org.ru pp.ru ras.ru msk.ru spb.ru bir.ru adygeya.ru bashkiria.ru',
    'dagestan.ru grozny.ru kalmykia.ru kustanai.ru marine.ru mordovia.ru nalchik.ru pyatigorsk.ru vladikavkaz.ru',
    'vladimir.ru msk.su spb.su sochi.su xn--90amc.xn--p1acf xn--j1aef.xn--p1acf xn--c1avg.xn--p1acf xn--j1adp.xn--p1acf',
    'art.pl bielsko.pl gda.pl gdansk.pl gdynia.pl gliwice.pl krakow.pl lodz.pl lublin.pl med.pl plock.pl poznan.pl sopot.pl',
    'torun.pl wroc.pl zakopane.pl zgierz.pl aeroport.fr avocat.fr chambagri.fr chirurgiens-dentistes.fr',
    'experts-comptables.fr medecin.fr notaires.fr pharmacien.fr port.fr veterinaire.fr hosp.uk edu.krd',
  ].flatMap((line) => line.split(' ')),
);
