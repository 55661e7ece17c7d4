import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Connection, followServer } from './live';

const LiveContext = createContext<Connection>({ isOpen: true, since: new Date() });

/** Follows the server while the page is open. */
export const LiveProvider = ({ children }: Readonly<{ children: ReactNode }>) => {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>({ isOpen: true, since: new Date() });
  useEffect(
    () => followServer(queries, (next) => setConnection((known) => (known.isOpen === next.isOpen ? known : next))),
    [queries],
  );
  return <LiveContext value={connection}>{children}</LiveContext>;
};

export const useConnection = (): Connection => useContext(LiveContext);
