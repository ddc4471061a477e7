/** Reports to the parent process where this one listens, as the gateway does. */
export const announcePort = (server) => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  console.log(`http://127.0.0.1:${address.port}`);
};
