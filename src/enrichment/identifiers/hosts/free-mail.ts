/** Domains at which anybody can have an e-mail address: they name no company. */
export const freeMailDomains: ReadonlySet<string> = new Set(
  [
    // Worldwide.
    'gmail.com googlemail.com msn.com windowslive.com passport.com ymail.com rocketmail.com myyahoo.com aol.com aol.co.uk',
    'aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io',
    'tuta.com tutamail.com mail.com email.com usa.com zoho.eu fastmail.com fastmail.fm fastmail.com.au hushmail.com',
    'hey.com inbox.com lycos.com excite.com rediffmail.com mailfence.com posteo.de mailbox.org runbox.com startmail.com',
    'disroot.org riseup.net yopmail.com mailinator.com guerrillamail.com 10minutemail.com temp-mail.org sharklasers.com',
    'trashmail.com maildrop.cc duck.com privaterelay.appleid.com mozmail.com simplelogin.com anonaddy.com addy.io',
    'skiff.com rambler.ru hush.com hushmail.me fastmail.net fastmail.org fastmail.co.uk fastmail.de sent.com lavabit.com',
    'usa.net myself.com post.com europe.com consultant.com engineer.com',
    // Australia.
    'bigpond.com bigpond.com.au bigpond.net.au optusnet.com.au optushome.com.au iinet.net.au tpg.com.au tpgi.com.au',
    'internode.on.net on.net adam.com.au westnet.com.au dodo.com.au ozemail.com.au aapt.net.au netspace.net.au',
    'primusonline.com.au iprimus.com.au exemail.com.au bigblue.net.au amnet.net.au spin.net.au activ8.net.au',
    'ncable.net.au chariot.net.au virginbroadband.com.au unwired.com.au y7mail.com hotkey.net.au aanet.com.au',
    'people.net.au pacific.net.au ozonline.com.au bordernet.com.au swiftdsl.com.au picknowl.com.au comcen.com.au',
    // New Zealand.
    'xtra.co.nz slingshot.co.nz orcon.net.nz clear.net.nz paradise.net.nz ihug.co.nz vodafone.net.nz inspire.net.nz',
    'actrix.co.nz snap.net.nz kinect.co.nz maxnet.co.nz woosh.co.nz callplus.net.nz quicksilver.net.nz ps.gen.nz',
    'xnet.co.nz',
    // Russia and China, Japan and Korea, South-East Asia.
    'mail.ru bk.ru list.ru inbox.ru internet.ru ya.ru qq.com foxmail.com vip.qq.com 163.com 126.com yeah.net 188.com',
    'sina.com sina.cn sohu.com 139.com 189.cn 21cn.com tom.com aliyun.com wo.cn naver.com hanmail.net daum.net nate.com',
    'kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp excite.co.jp goo.jp',
    'starhub.net.sg pacific.net.sg netvigator.com tm.net.my streamyx.com pldtdsl.net singnet.com.sg starhub.com.sg',
    'hanmail.com empas.com dreamwiz.com vip.163.com vip.126.com vip.sina.com eyou.com hinet.net seed.net.tw i.softbank.jp',
    'ybb.ne.jp plala.or.jp dion.ne.jp asahi-net.or.jp sify.com vsnl.net airtelmail.in',
    // Europe.
    'web.de freenet.de t-online.de arcor.de online.de orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it',
    'virgilio.it alice.it tin.it tiscali.it btinternet.com virginmedia.com blueyonder.co.uk ntlworld.com talktalk.net',
    'tiscali.co.uk bluewin.ch seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl abv.bg ukr.net telenet.be skynet.be',
    'ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl btopenworld.com bbox.fr chello.nl spray.se freemail.hu citromail.hu',
    'post.cz email.cz volny.cz atlas.cz azet.sk zoznam.sk centrum.sk post.sk i.ua meta.ua bigmir.net mail.bg dir.bg',
    'inbox.lv inbox.lt mail.ee hot.ee one.lt sapo.pt netcabo.pt clix.pt walla.co.il walla.com netvision.net.il 012.net.il',
    'bezeqint.net aliceadsl.fr numericable.fr club-internet.fr cegetel.net voila.fr upcmail.nl upcmail.cz chello.at',
    'chello.be chello.hu chello.cz chello.pl xs4all.nl casema.nl quicknet.nl zonnet.nl versatel.nl scarlet.be pandora.be',
    'comhem.se bredband.net swipnet.se passagen.se online.no broadpark.no jubii.dk ofir.dk mail.dk tdcadsl.dk stofanet.dk',
    'kolumbus.fi elisanet.fi luukku.com hispeed.ch freesurf.ch aon.at inode.at kabelmail.de t-online.com epost.de',
    'inwind.it iol.it fastwebnet.it email.it telefonica.net terra.es ya.com eircom.net iolfree.ie btconnect.com',
    'freeserve.co.uk lineone.net tesco.net poczta.fm gazeta.pl op.pl vp.pl tlen.pl poczta.onet.pl otenet.gr forthnet.gr',
    'mynet.com superonline.com autorambler.ru myrambler.ru',
    // The Americas.
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net',
    'optonline.net frontiernet.net roadrunner.com rr.com sympatico.ca telus.net videotron.ca uol.com.br bol.com.br',
    'terra.com.br ig.com.br shaw.ca bell.net eastlink.ca cogeco.net sasktel.net mts.net nb.sympatico.ca windstream.net',
    'mindspring.com peoplepc.com netscape.net compuserve.com ameritech.net pacbell.net swbell.net snet.net prodigy.net',
    'centurylink.net centurytel.net embarqmail.com q.com suddenlink.net mediacombb.net wowway.com tds.net cableone.net',
    'hughes.net twc.com prodigy.net.mx zipmail.com.br',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Brands that have a domain in most countries, such as hotmail.ca and yahoo.com.vn. `live` and `yandex` are names of
 * others elsewhere than in countries.
 */
const brands = new RegExp(
  [
    String.raw`^(?:outlook|hotmail|yahoo|gmx|zohomail)\.(?:(?:(?:com|co|net|org)\.)?[a-z]{2}|[a-z]{3,})$`,
    String.raw`^(?:live|yandex)\.(?:com|(?:(?:com|co)\.)?[a-z]{2})$`,
  ].join('|'),
);

/** Whether the domain, without labels in front of it, is one at which anybody can have an e-mail address. */
export const isFreeMail = (domain: string): boolean => freeMailDomains.has(domain) || brands.test(domain);
