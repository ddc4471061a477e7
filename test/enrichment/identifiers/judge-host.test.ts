import { describe, expect, it } from 'vitest';
import { readDomain } from '../../../src/enrichment/identifiers/read-domain.js';
import { refusalOf, valueOf } from './value-of.js';

describe('a host below a vendor with pages of customers', () => {
  it.each([
    ['https://apply.jobadder.com/au1/123', 'jobadder.com'],
    ['https://jobs.dayforcehcm.com/en-AU/harbourline/CANDIDATEPORTAL', 'jobs.dayforcehcm.com'],
    ['https://careers.pageuppeople.com/513/cw/en/job/1', 'pageuppeople.com'],
    ['https://www.careers.pageuppeople.com/513/cw/en/job/1', 'pageuppeople.com'],
    ['app.eightfold.ai/careers?domain=harbourline.example', 'eightfold.ai'],
    ['app.greenhouse.io/jobboard', 'greenhouse.io'],
    ['careers.hibob.com/harbourline', 'hibob.com'],
    ['harbourline.careers.hibob.com', 'hibob.com'],
    ['apply.jazz.co/harbourline', 'jazz.co'],
    ['app.gumroad.com/harbourline', 'gumroad.com'],
    ['www.smartrecruiters.com/Harbourline/7439', 'smartrecruiters.com'],
    ['https://lever.co/harbourline', 'lever.co'],
    ['www.bamboohr.com/jobs/?x', 'bamboohr.com'],
  ])('is refused when %j is a page of a customer', (text, vendor) => {
    expect(refusalOf(readDomain(text))).toMatch(
      new RegExp(`(?:^|belongs to )${vendor.replaceAll('.', String.raw`\.`)}\\b.* of many companies`),
    );
  });

  it.each([
    ['jobadder.com', 'jobadder.com'],
    ['https://www.jobadder.com/pricing', 'jobadder.com'],
    ['https://www2.hibob.com/about', 'hibob.com'],
    ['https://careers.hibob.com/', 'hibob.com'],
    ['app.gumroad.com', 'gumroad.com'],
    ['https://www.lever.co/?x=1', 'lever.co'],
    ['careers.harbourline.example/jobs/1', 'harbourline.example'],
  ])('is the vendor itself when it is %j', (text, domain) => {
    expect(valueOf(readDomain(text))).toBe(domain);
  });
});

describe('a host of many companies', () => {
  it.each([
    ['https://www.careers-page.com/harbourline', /^careers-page\.com lists jobs/],
    ['https://grnh.se/3f1', /^grnh\.se shortens/],
    ['https://jobs.gusto.com/boards/harbourline', /^jobs\.gusto\.com lists jobs/],
    ['https://jobs.rippling.com/harbourline', /^jobs\.rippling\.com lists jobs/],
    ['https://secure7.saashr.com/ta/1.careers', /belongs to saashr\.com, which lists jobs/],
    ['harbourline.catsone.com/careers', /belongs to catsone\.com, which lists jobs/],
    ['harbourline.gupy.io', /belongs to gupy\.io, which lists jobs/],
    ['www.workatastartup.com/companies/harbourline', /^workatastartup\.com lists jobs/],
    ['harbourline.my.site.com/s', /belongs to my\.site\.com, which hosts pages/],
    ['harbourline.softr.app', /belongs to softr\.app, which hosts pages/],
    ['harbourline.wpengine.com', /belongs to wpengine\.com, which hosts pages/],
    ['harbourline.kinsta.cloud', /belongs to kinsta\.cloud, which hosts pages/],
    ['harbourline.circle.so', /belongs to circle\.so, which hosts pages/],
    ['https://lu.ma/harbourline', /^lu\.ma hosts pages/],
  ])('is refused when it is %j', (text, reason) => {
    expect(refusalOf(readDomain(text))).toMatch(reason);
  });

  it.each(['gusto.com', 'wpengine.com', 'circle.so', 'lu.ma', 'workatastartup.com', 'gupy.io', 'site.com'])(
    'is the company that runs it when it is %j',
    (text) => {
      expect(valueOf(readDomain(text))).toBe(text);
    },
  );
});
