/** What a host of other people's pages offers. */
export type HostKind = 'SOCIAL' | 'SHORTENER' | 'JOBS' | 'SITES' | 'DOCUMENTS' | 'APPS' | 'DIRECTORY';

/** Names of hosts, separated by spaces. */
type Hosts = {
  /** These hosts and every host below them show the pages of others. */
  whole: readonly string[];
  /**
   * Each customer has a host below one of these, or a path at a host such as app. or careers. below it. They themselves,
   * and such a host without a path, are the site of the company that runs them.
   */
  below?: readonly string[];
  /** The pages of others are behind a path. Without a path, these are the site of the company that runs them. */
  behindPaths?: readonly string[];
};

/** Kept by hand. Hosts of the public suffix list's private section, such as github.io, need no line here. */
export const sharedHosts: Readonly<Record<HostKind, Hosts>> = {
  SOCIAL: {
    whole: [
      'linkedin.com linkedin.cn facebook.com fb.com fb.me fb.watch messenger.com instagram.com instagr.am threads.net',
      'threads.com twitter.com x.com youtube.com tiktok.com pinterest.com pinterest.com.au pinterest.co.uk pinterest.nz',
      'snapchat.com reddit.com tumblr.com vimeo.com flickr.com whatsapp.com wa.me telegram.me t.me telegram.org',
      'discord.gg discord.com twitch.tv weibo.com wechat.com weixin.qq.com vk.com ok.ru xing.com bsky.app line.me',
      'mastodon.social quora.com meetup.com soundcloud.com myspace.com plus.google.com',
    ],
  },
  SHORTENER: {
    whole: [
      'bit.ly bitly.com j.mp tinyurl.com goo.gl t.co ow.ly buff.ly lnkd.in is.gd v.gd rebrand.ly cutt.ly shorturl.at',
      'short.io short.gy rb.gy tiny.cc bl.ink t.ly s.id dlvr.it ift.tt trib.al amzn.to ebay.us hubs.ly hubs.la youtu.be',
      'pin.it adf.ly tr.im su.pr soo.gd clck.ru qr.ae qrco.de page.link app.link onelink.me smarturl.it geni.us eepurl.com',
      'mailchi.mp maps.app.goo.gl g.page g.co forms.gle aka.ms 1drv.ms db.tt spoti.fi nyti.ms linkin.bio lnk.bio lnk.to',
      'linktr.ee linktree.com beacons.ai bio.link bio.site campsite.bio tap.bio taplink.cc msha.ke hoo.be solo.to about.me',
      'allmylinks.com contactinbio.com shor.by snip.ly x.gd kutt.it urlz.fr chng.it fb.gg safelinks.protection.outlook.com',
      'grnh.se smrtr.io wp.me a.co apple.co etsy.me bit.do bitly.ws cutt.us tiny.one dub.sh qrs.ly me-qr.com urlgeni.us',
      'bnc.lt lnks.gd link.me direct.me flow.page milkshake.app snipfeed.co stan.store linkpop.com koji.to',
    ],
  },
  JOBS: {
    whole: [
      'jobs.lever.co jobs.eu.lever.co boards.greenhouse.io boards.eu.greenhouse.io job-boards.greenhouse.io',
      'job-boards.eu.greenhouse.io apply.workable.com jobs.workable.com jobs.ashbyhq.com jobs.smartrecruiters.com',
      'careers.smartrecruiters.com jobs.jobvite.com careers.jobscore.com app.dover.com ats.rippling.com applytojob.com',
      'recruiting.paylocity.com recruiting.ultipro.com recruiting2.ultipro.com recruiting.adp.com workforcenow.adp.com',
      'myworkdayjobs.com myworkdaysite.com myworkday.com taleo.net sapsf.com hire.trakstar.com jobs.personio.de',
      'jobs.personio.com jobs.gem.com jobs.polymer.co clientapps.jobadder.com my.jobadder.com jobadder.io',
      'employmenthero.careers jobs.employmenthero.com jobs.zoho.com zohorecruit.com zohorecruit.com.au zohorecruit.eu',
      'myrecruitmentplus.com elmotalent.com.au bigredsky.com applynow.net.au recruitmenthub.com.au snaphire.com',
      'careers-page.com jobs.gusto.com jobs.rippling.com myjobs.adp.com workforcenow.cloud.adp.com',
      'jobs.dayforcehcm.com paycomonline.net saashr.com trinethire.com isolvedhire.com bullhornstaffing.com welcomekit.co',
      'app.careerpuck.com hrmdirect.com ourcareerpages.com recruitingbypaycor.com recruiting.ultipro.ca newtonsoftware.com',
      'gr8people.com jibeapply.com selectminds.com applicantpro.com applicantstack.com onlyfy.jobs zohorecruit.in',
      'jobs2web.com tal.net',
    ],
    below: [
      'lever.co greenhouse.io workable.com ashbyhq.com bamboohr.com teamtailor.com recruitee.com smartrecruiters.com',
      'breezy.hr jazz.co jazzhr.com jobvite.com personio.de personio.com workday.com pinpointhq.com factorialhr.com',
      'freshteam.com hibob.com homerun.co softgarden.io talentlyft.com comeet.com comeet.co jobscore.com icims.com',
      'paylocity.com ultipro.com oraclecloud.com rippling.com avature.net phenompeople.com eightfold.ai csod.com kenexa.com',
      'brassring.com dayforcehcm.com employmenthero.com jobadder.com scouttalent.com.au pageuppeople.com livehire.com',
      'successfactors.com successfactors.eu expr3ss.com applyflow.com peopleforce.io traffit.com kula.ai join.com',
      'catsone.com gupy.io clearcompany.com hireology.com manatal.com recruitcrm.io loxo.co crelate.com jobylon.com',
      'peopleadmin.com hirehive.com occupop.com taleez.com talentsoft.com silkroad.com darwinbox.com darwinbox.in keka.com',
      'peoplestrong.com reachmee.com varbi.com jobtrain.co.uk',
    ],
    behindPaths: [
      'seek.com.au seek.co.nz indeed.com indeed.com.au glassdoor.com glassdoor.com.au glassdoor.co.uk jora.com',
      'jobstreet.com jobstreet.com.sg jobsdb.com trademe.co.nz ethicaljobs.com.au careerone.com.au adzuna.com.au',
      'monster.com ziprecruiter.com naukri.com reed.co.uk totaljobs.com prosple.com gradconnection.com workable.com',
      'gradaustralia.com.au themuse.com builtin.com dice.com wellfound.com angel.co otta.com welcometothejungle.com',
      'weworkremotely.com remoteok.com ycombinator.com qjumpersjobs.co.nz livehire.com join.com comeet.com',
      'smartrecruiters.com lever.co bamboohr.com',
      'workatastartup.com governmentjobs.com schooljobs.com catsone.com simplyhired.com careerbuilder.com jobs.ac.uk',
      'cv-library.co.uk stepstone.de infojobs.net foundit.in foundit.sg mycareersfuture.gov.sg jobstreet.com.my',
      'jobstreet.com.ph jobstreet.co.id hk.jobsdb.com th.jobsdb.com',
    ],
  },
  SITES: {
    whole: [
      'medium.com substack.com wordpress.com wpcomstaging.com blogspot.com blogspot.com.au blogspot.co.nz blogger.com',
      'weeblysite.com wixsite.com wixstudio.com wix.site webflow.io notion.site myshopify.com github.io gitlab.io carrd.co',
      'sites.google.com business.site godaddysites.com jimdosite.com jimdofree.com mystrikingly.com tilda.ws ucraft.net',
      'yolasite.com company.site mybigcommerce.com square.site ueniweb.com zyrosite.com webs.com angelfire.com tripod.com',
      'geocities.com hubspotpagebuilder.com hs-sites.com unbouncepages.com myclickfunnels.com mykajabi.com ko-fi.com',
      'gist.github.com githubusercontent.com hashnode.dev dev.to ghost.io telegra.ph livejournal.com typepad.com carrd.site',
      'over-blog.com web.archive.org archive.org archive.today archive.ph googleusercontent.com ampproject.org',
      'mailchimpsites.com super.site site123.me',
      'my.site.com salesforce-sites.com softr.app glide.page glideapp.io kinsta.cloud kinsta.page myftpupload.com',
      'flywheelsites.com flywheelstaging.com cloudwaysapps.com sg-host.com hostingersite.com tempurl.host typedream.app',
      'dorik.io brizy.site b12sites.com mn.co',
    ],
    below: [
      'wix.com shopify.com webflow.com notion.so framer.com bigcommerce.com hubspot.com cargo.site squarespace.com',
      'weebly.com webnode.com jimdo.com strikingly.com webador.com bigcartel.com ecwid.com instapage.com',
      'clickfunnels.com kajabi.com teachable.com thinkific.com podia.com gumroad.com durable.co zendesk.com freshdesk.com',
      'intercom.help helpscoutdocs.com uservoice.com statuspage.io gitbook.com readme.io atlassian.net slack.com',
      'salesforce.com force.com zohosites.com campaign-archive.com list-manage.com setmore.com acuityscheduling.com as.me',
      'youcanbook.me simplybook.me bandcamp.com deviantart.com etsy.com alibaba.com',
      'made-in-china.com',
      'wpengine.com circle.so odoo.com learnworlds.com newzenler.com samcart.com heysummit.com freshservice.com',
      'pixieset.com zenfolio.com smugmug.com format.com',
    ],
    behindPaths: [
      'github.com gitlab.com bitbucket.org sourceforge.net npmjs.com pypi.org hub.docker.com huggingface.co behance.net',
      'dribbble.com etsy.com ebay.com ebay.com.au ebay.co.uk amazon.com amazon.com.au amazon.co.uk aliexpress.com',
      'indiamart.com tradeindia.com gumtree.com.au realestate.com.au domain.com.au airbnb.com airbnb.com.au booking.com',
      'canva.com notion.so notion.com redbubble.com upwork.com fiverr.com freelancer.com airtasker.com producthunt.com',
      'google.com google.com.au google.co.nz google.co.uk bing.com calendly.com eventbrite.com eventbrite.com.au patreon.com',
      'humanitix.com kickstarter.com indiegogo.com gofundme.com buymeacoffee.com fresha.com slack.com',
      'lu.ma luma.com skool.com cal.com tidycal.com trybooking.com stickytickets.com.au oztix.com.au eventbrite.co.nz',
      'eventbrite.co.uk',
    ],
  },
  DOCUMENTS: {
    whole: [
      'docs.google.com drive.google.com forms.google.com calendar.google.com meet.google.com groups.google.com',
      'mail.google.com maps.google.com news.google.com photos.google.com lookerstudio.google.com onedrive.live.com',
      'sharepoint.com forms.office.com teams.microsoft.com outlook.office.com outlook.live.com dropboxusercontent.com',
      'we.tl pastebin.com storage.googleapis.com firebasestorage.googleapis.com amazonaws.com',
    ],
    below: ['typeform.com', 'docsend.com', 'box.com'],
    behindPaths: [
      'typeform.com docsend.com box.com jotform.com surveymonkey.com airtable.com trello.com dropbox.com wetransfer.com',
      'scribd.com slideshare.net issuu.com prezi.com miro.com figma.com loom.com coda.io',
    ],
  },
  APPS: {
    whole: [
      'apps.apple.com itunes.apple.com podcasts.apple.com music.apple.com play.google.com chrome.google.com',
      'chromewebstore.google.com workspace.google.com addons.mozilla.org apps.microsoft.com appsource.microsoft.com',
      'marketplace.visualstudio.com apps.shopify.com appexchange.salesforce.com marketplace.atlassian.com',
      'open.spotify.com store.steampowered.com appgallery.huawei.com f-droid.org apkpure.com',
    ],
  },
  DIRECTORY: {
    whole: [
      'wikipedia.org wikidata.org fandom.com maps.apple.com abr.business.gov.au connectonline.asic.gov.au',
      'app.companiesoffice.govt.nz opencorporates.com',
    ],
    below: ['yelp.com', 'indiamart.com'],
    behindPaths: [
      'yellowpages.com.au yellow.co.nz yellowpages.com yelp.com yelp.com.au yelp.co.uk truelocal.com.au hotfrog.com.au',
      'whitepages.com.au localsearch.com.au startlocal.com.au wordofmouth.com.au productreview.com.au hipages.com.au',
      'oneflare.com.au serviceseeking.com.au finda.co.nz neighbourly.co.nz aussieweb.com.au dnb.com bloomberg.com',
      'tripadvisor.com tripadvisor.com.au trustpilot.com crunchbase.com pitchbook.com zoominfo.com rocketreach.co',
      'apollo.io owler.com g2.com capterra.com clutch.co goodfirms.co kompass.com europages.com cylex.com.au craft.co',
      'tracxn.com cbinsights.com bbb.org manta.com foursquare.com ibisworld.com',
    ],
  },
};
