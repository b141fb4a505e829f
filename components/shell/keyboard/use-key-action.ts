'use client';
import { useEffect, useRef } from 'react';
import { type KeyAction } from './key-map.ts';
import { keyRegistry, type KeyHandler } from './key-registry.ts';

/**
 * Answers a key and its line in the command menu for as long as the component stands; `undefined` answers nothing for now.
 * What concerns one row needs no handler: a button in it that carries `data-key-action` is pressed when the row has the focus.
 */
export function useKeyAction(action: KeyAction, handler: KeyHandler | undefined): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const answers = handler !== undefined;
  useEffect(
    () => (answers ? keyRegistry.register(action, () => latest.current?.()) : undefined),
    [action, answers],
  );
}
