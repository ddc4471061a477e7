/** Domains at which anybody can have an e-mail address: they name no company. */
export const freeMailDomains: ReadonlySet<string> = new Set(
  [
    // Worldwide.
    'gmail.com googlemail.com outlook.com outlook.com.au hotmail.com hotmail.com.au hotmail.co.uk hotmail.co.nz hotmail.fr',
    'hotmail.de hotmail.it hotmail.es live.com live.com.au live.co.uk live.fr live.nl live.ca msn.com windowslive.com',
    'passport.com yahoo.com yahoo.com.au yahoo.co.nz yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.co.id yahoo.com.sg',
    'yahoo.com.my yahoo.com.ph yahoo.com.vn yahoo.com.hk yahoo.com.tw yahoo.com.br yahoo.com.mx yahoo.com.ar yahoo.ca',
    'yahoo.fr yahoo.de yahoo.es yahoo.it ymail.com rocketmail.com myyahoo.com aol.com aol.co.uk aim.com icloud.com me.com',
    'mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com tutamail.com',
    'gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.co.uk gmx.us mail.com email.com usa.com zohomail.com zoho.eu fastmail.com',
    'fastmail.fm fastmail.com.au hushmail.com hey.com inbox.com lycos.com excite.com rediffmail.com mailfence.com',
    'posteo.de mailbox.org runbox.com startmail.com disroot.org riseup.net yopmail.com mailinator.com guerrillamail.com',
    '10minutemail.com temp-mail.org sharklasers.com trashmail.com maildrop.cc duck.com privaterelay.appleid.com',
    'mozmail.com simplelogin.com anonaddy.com addy.io skiff.com rambler.ru',
    // Australia.
    'bigpond.com bigpond.com.au bigpond.net.au optusnet.com.au optushome.com.au iinet.net.au tpg.com.au',
    'tpgi.com.au internode.on.net on.net adam.com.au westnet.com.au dodo.com.au ozemail.com.au aapt.net.au netspace.net.au',
    'primusonline.com.au iprimus.com.au exemail.com.au bigblue.net.au amnet.net.au spin.net.au',
    'activ8.net.au ncable.net.au chariot.net.au virginbroadband.com.au unwired.com.au',
    // New Zealand.
    'xtra.co.nz slingshot.co.nz orcon.net.nz clear.net.nz paradise.net.nz ihug.co.nz vodafone.net.nz',
    'inspire.net.nz actrix.co.nz snap.net.nz kinect.co.nz maxnet.co.nz woosh.co.nz callplus.net.nz',
    // Russia and China, Japan and Korea, South-East Asia.
    'mail.ru bk.ru list.ru inbox.ru internet.ru yandex.ru yandex.com ya.ru qq.com foxmail.com vip.qq.com 163.com 126.com',
    'yeah.net 188.com sina.com sina.cn sohu.com 139.com 189.cn 21cn.com tom.com aliyun.com wo.cn naver.com hanmail.net',
    'daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com biglobe.ne.jp so-net.ne.jp ocn.ne.jp',
    'excite.co.jp goo.jp starhub.net.sg pacific.net.sg netvigator.com tm.net.my streamyx.com pldtdsl.net',
    // Europe and North America.
    'web.de freenet.de t-online.de arcor.de online.de orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it',
    'virgilio.it alice.it tin.it tiscali.it btinternet.com virginmedia.com blueyonder.co.uk ntlworld.com talktalk.net',
    'tiscali.co.uk bluewin.ch seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl abv.bg ukr.net telenet.be',
    'skynet.be ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl comcast.net verizon.net att.net sbcglobal.net bellsouth.net',
    'cox.net charter.net earthlink.net juno.com netzero.net optonline.net frontiernet.net roadrunner.com rr.com',
    'sympatico.ca telus.net videotron.ca uol.com.br bol.com.br terra.com.br ig.com.br',
  ].flatMap((line) => line.split(' ')),
);
