'use client';
/** One session for the whole page, and the hooks that components read it with. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { assert } from '#lib/contract.ts';
import { openLink } from './link.ts';
import { createSession, type LiveSession } from './live-session.ts';
import {
  createLiveStore,
  frameAgeMs,
  trustOf,
  type LiveState,
  type LiveStore,
  type OpenAccount,
  type Topic,
  type Trust,
} from './live-store.ts';
import { browserClock } from './painter.ts';
import { watchForSleep } from './wake-up.ts';

interface Live {
  readonly store: LiveStore;
  /** Undefined where a test fills the store itself. */
  readonly session: LiveSession | undefined;
}
const LiveContext = createContext<Live | undefined>(undefined);

function createLive(): { readonly store: LiveStore; readonly session: LiveSession } {
  const store = createLiveStore();
  return { store, session: createSession({ store, clock: browserClock, wallNow: Date.now }) };
}

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [live] = useState(createLive);
  useEffect(() => live.session.start(openLink), [live]);
  useEffect(() => watchForSleep(live.session.refresh), [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** A provider over a store that somebody else fills: for tests. */
export function StoreProvider({
  store,
  children,
}: {
  readonly store: LiveStore;
  readonly children: ReactNode;
}) {
  const live = useMemo(() => ({ store, session: undefined }), [store]);
  return <LiveContext value={live}>{children}</LiveContext>;
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

/** Wall milliseconds since figures were last heard of. Undefined while they come. */
export function useSilenceMs(): number | undefined {
  return useLive((state) => (trustOf(state) === 'live' ? undefined : frameAgeMs(state)));
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
