import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '../styles/all.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refused } from './ask';
import { Frame } from '../parts/frame';
import { LiveProvider } from './live-provider';

// Radix adds style elements, which the policy of the server allows only with this nonce.
setNonce(document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '');

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The server sends what changes: a query is not asked again because the window got the focus.
      refetchOnWindowFocus: false,
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof Refused && error.problem.kind === 'no-answer',
    },
  },
});

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LiveProvider>
          <Frame />
        </LiveProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
