/** Drills between server and page: messages told twice, or in the wrong order. The page must come out as if nothing had been. */
import { type ServerToClient } from '#lib/wire/protocol.ts';

export const WIRE_DRILLS = ['drop', 'duplicate', 'reorder'] as const;
export type WireDrillKind = (typeof WIRE_DRILLS)[number];

/** What the page threw away or asked for again, since it was opened. */
export interface WireCounts {
  /** Messages that were older than, or the same as, what was held. */
  readonly repeated: number;
  /** Numbers missed: a snapshot was asked for. */
  readonly gaps: number;
}

export const NOTHING_REPEATED: WireCounts = { repeated: 0, gaps: 0 };

export function countDropped(draft: { wire: WireCounts }, what: keyof WireCounts): void {
  draft.wire = { ...draft.wire, [what]: draft.wire[what] + 1 };
}

export interface WireDisturber {
  readonly wrap: (handlers: ServerToClient) => ServerToClient;
  readonly begin: (kind: 'duplicate' | 'reorder', forMs: number) => void;
}

/** @param now wall clock. */
export function createWireDisturber(now: () => number): WireDisturber {
  let drill: { readonly kind: 'duplicate' | 'reorder'; readonly until: number } | undefined;
  let held: (() => void) | undefined;

  function letGo(): void {
    const action = held;
    held = undefined;
    action?.();
  }

  function pass(action: () => void): void {
    if (drill === undefined || now() > drill.until) {
      drill = undefined;
      letGo();
      action();
    } else if (drill.kind === 'duplicate') {
      action();
      action();
    } else if (held === undefined) {
      held = action;
    } else {
      // The newer one first, then the one that was held back.
      action();
      letGo();
    }
  }

  return {
    wrap: (handlers) => ({
      ...handlers,
      market: (frame) => pass(() => handlers.market(frame)),
      account: (patch) => pass(() => handlers.account(patch)),
      rows: (patch) => pass(() => handlers.rows(patch)),
      digest: (digest) => pass(() => handlers.digest(digest)),
    }),
    begin: (kind, forMs) => {
      drill = { kind, until: now() + forMs };
    },
  };
}
