/** Who answers an action now: a page says what it can do while it stands, the newest first. */
import { type KeyAction } from './key-map.ts';

export type KeyHandler = () => void;

export interface KeyRegistry {
  /** Answers the action until the returned function is called. */
  readonly register: (action: KeyAction, handler: KeyHandler) => () => void;
  readonly handlerOf: (action: KeyAction) => KeyHandler | undefined;
}

export function createKeyRegistry(): KeyRegistry {
  const handlers = new Map<KeyAction, readonly KeyHandler[]>();
  return {
    register: (action, handler) => {
      handlers.set(action, [...(handlers.get(action) ?? []), handler]);
      return () => {
        const left = (handlers.get(action) ?? []).filter((one) => one !== handler);
        handlers.set(action, left);
      };
    },
    handlerOf: (action) => handlers.get(action)?.at(-1),
  };
}

/** The page's one. */
export const keyRegistry = createKeyRegistry();
