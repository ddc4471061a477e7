/**
 * For so long a second SIGINT is no second Ctrl-C: a terminal sends one to npm and to what it runs, and npm passes it on to
 * that process.
 */
export const signalEchoMs = 500;
