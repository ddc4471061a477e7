/** The path under which the gateway is served, without a slash at the end: '' or '/gateway'. */
export const basePath = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '';

/** The sandbox demo's token, which the gateway writes into the page for a browser on its own machine. */
export const demoToken = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="demo-token"]')?.content ?? '';
