import { describe, expect, it } from 'vitest';
import { readDomain } from '../../../src/enrichment/identifiers/read-domain.js';
import { refusalOf, valueOf } from './value-of.js';

describe('a host below a vendor with pages of customers', () => {
  it.each([
    ['https://apply.jobadder.com/au1/123', 'jobadder.com'],
    ['https://jobs.dayforcehcm.com/en-AU/harbourline/CANDIDATEPORTAL', 'dayforcehcm.com'],
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
