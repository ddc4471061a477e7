/** Tells whoever started this process where it listens, as the gateway does. */
export const tellPort = (server) => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  console.log(`http://127.0.0.1:${address.port}`);
};
