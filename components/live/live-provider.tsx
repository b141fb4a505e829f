'use client';
/** One session for the whole page, and the hooks that components read it with. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { assert } from '#lib/contract.ts';
import { openLink } from './link.ts';
import { startSession, type LiveSession } from './live-session.ts';
import { createLiveStore, trustOf, type LiveState, type LiveStore, type OpenAccount, type Topic, type Trust } from './live-store.ts';
import { browserClock } from './painter.ts';

interface Live {
  readonly store: LiveStore;
  /** Undefined on the server and until the page is mounted. */
  readonly session: LiveSession | undefined;
}
const LiveContext = createContext<Live | undefined>(undefined);

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(createLiveStore);
  const [session, setSession] = useState<LiveSession>();
  useEffect(() => {
    const started = startSession({ store, link: openLink(), clock: browserClock, wallNow: Date.now });
    setSession(started);
    return () => {
      started.stop();
      setSession(undefined);
    };
  }, [store]);
  return <LiveContext value={{ store, session }}>{children}</LiveContext>;
}

/** A provider over a store that somebody else fills: for tests. */
export function StoreProvider(p: { readonly store: LiveStore; readonly session?: LiveSession; readonly children: ReactNode }) {
  return <LiveContext value={{ store: p.store, session: p.session }}>{p.children}</LiveContext>;
}

function useLiveContext(): Live {
  const live = useContext(LiveContext);
  assert(live !== undefined, 'a LiveProvider stands above');
  return live;
}

/** Reads the smallest thing: the component paints again only when that changes (compared shallowly). */
export function useLive<Value>(selector: (state: LiveState) => Value): Value {
  return useStore(useLiveContext().store, useShallow(selector));
}

export function useSession(): LiveSession | undefined {
  return useLiveContext().session;
}

export function useTrust(): Trust {
  return useLive(trustOf);
}

/** Opens an account for as long as the component stands. */
export function useAccount(accountId: string | undefined): OpenAccount | undefined {
  const session = useSession();
  useEffect(() => {
    if (session === undefined || accountId === undefined) return undefined;
    return session.open(accountId);
  }, [session, accountId]);
  return useLive((state) => (accountId === undefined ? undefined : state.accounts.get(accountId)));
}

/** Follows a topic's rows for as long as the component stands. Undefined until they came. */
export function useRows(topic: Topic): LiveState['rows'][Topic] {
  const session = useSession();
  useEffect(() => session?.follow(topic), [session, topic]);
  return useLive((state) => state.rows[topic]);
}
