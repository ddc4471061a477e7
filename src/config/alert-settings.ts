import { registry } from './setting.js';
import * as shapes from './setting-shapes.js';

/** The settings of alerts. */
export const alertSettings = {
  webhookPrivateAddresses: shapes
    .oneOf(['on', 'off'])
    .transform((text) => text === 'on')
    .register(registry, {
      name: 'WEBHOOK_PRIVATE_ADDRESSES',
      default: 'off',
      description:
        'on: alerts may be sent to webhooks at loopback and private addresses, such as a receiver in your own network. off: they are refused. Link-local addresses and the metadata services of clouds are always refused.',
    }),
  smtpUrl: shapes.smtpUrl().nullable().register(registry, {
    name: 'SMTP_URL',
    default: null,
    description:
      'The SMTP server that sends alerts by e-mail: smtp://user:password@mail.example.com:587 (STARTTLS) or smtps://…:465. It may be at a private address. Unset: no e-mail is sent.',
  }),
  alertEmailFrom: shapes.emailSender().nullable().register(registry, {
    name: 'ALERT_EMAIL_FROM',
    default: null,
    description:
      'The sender of alerts by e-mail: alerts@example.com or Firmable gateway <alerts@example.com>. Required with SMTP_URL.',
  }),
};
