import type { JSX } from 'preact';
import { useParameter } from '../../app/use-view.js';
import { ConnectionDetail } from './connection-detail.js';
import { ConnectionList } from './connection-list.js';

/** The connections; with `connection` in the address, one of them. */
export const ConnectionsPage = (): JSX.Element => {
  const [id] = useParameter('connection');
  return id === null ? <ConnectionList /> : <ConnectionDetail key={id} id={id} />;
};
