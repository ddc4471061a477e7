import { type QueryClient, QueryClientProvider } from '@tanstack/preact-query';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Router } from 'wouter-preact';
import { type Client, createClient } from '../api/client.js';
import { ViewerDocument } from '../api/operations.js';
import { createQueryClient } from '../api/query-client.js';
import { messageOf, RequestError } from '../api/request-error.js';
import { NoticeProvider } from '../ui/notice.js';
import { dropToken, keepToken, readToken, watchToken } from './kept-token.js';
import { basePath } from './page-settings.js';
import { type Session, SessionContext, type Viewer } from './session.js';
import { Shell } from './shell.js';
import { SignInPage } from './sign-in-page.js';

type State =
  | { kind: 'OPENING' }
  | { kind: 'SIGNED_OUT'; why: string }
  | { kind: 'SIGNED_IN'; token: string; client: Client; viewer: Viewer };

const signIn = async (token: string): Promise<State> => {
  const client = createClient(token);
  const { viewer } = await client.send(ViewerDocument, {});
  return { kind: 'SIGNED_IN', token, client, viewer };
};

/** The whole application: the sign-in page, or the shell with its pages for the viewer. */
export const App = (): JSX.Element => {
  const [state, setState] = useState<State>({ kind: 'OPENING' });

  const open = (): void => {
    const token = readToken();
    if (token === null) {
      setState({ kind: 'SIGNED_OUT', why: '' });
      return;
    }
    signIn(token).then(setState, (error: unknown) => {
      // A gateway that is down has not refused the token, so it is kept.
      const isRefused = error instanceof RequestError && error.kind === 'SIGNED_OUT';
      if (isRefused) dropToken();
      setState({
        kind: 'SIGNED_OUT',
        why: isRefused ? error.message : `${messageOf(error)} Load the page again.`,
      });
    });
  };
  useEffect(open, []);
  useEffect(() => watchToken(open), []);

  if (state.kind === 'OPENING') return <p class="opening">Loading…</p>;
  if (state.kind === 'SIGNED_OUT') {
    return (
      <SignInPage
        why={state.why}
        enter={async (token, stay) => {
          const next = await signIn(token);
          keepToken(token, stay);
          setState(next);
        }}
      />
    );
  }
  const signOut = (why: string): void => {
    dropToken();
    setState({ kind: 'SIGNED_OUT', why });
  };
  return <SignedIn key={state.token} client={state.client} viewer={state.viewer} signOut={signOut} />;
};

type SignedInProps = Pick<Session, 'client' | 'viewer' | 'signOut'>;

const SignedIn = ({ client, viewer, signOut }: SignedInProps): JSX.Element => {
  const queries: QueryClient = useMemo(() => createQueryClient(signOut), []);
  useEffect(() => () => queries.clear(), [queries]);
  const session: Session = {
    client,
    viewer,
    signOut,
    may: (permission) => viewer.permissions.includes(permission),
    hasOwnKeys: viewer.workspace.plan !== 'FREE',
  };
  return (
    <SessionContext.Provider value={session}>
      <QueryClientProvider client={queries}>
        <Router base={basePath()}>
          <NoticeProvider>
            <Shell />
          </NoticeProvider>
        </Router>
      </QueryClientProvider>
    </SessionContext.Provider>
  );
};
