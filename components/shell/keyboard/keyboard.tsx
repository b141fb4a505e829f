'use client';
/** Listens to keys on every page. What a key opens is fetched when it is first asked for. */
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useSetting } from '#components/settings/use-settings.ts';
import { useGo } from '../held-page.ts';
import { PAGES } from '../pages.ts';
import { answer } from './answer.ts';
import { readPress, type Press } from './key-reader.ts';
import { useKeyAction } from './use-key-action.ts';

const KeyList = dynamic(() => import('./key-list.tsx').then((module) => module.KeyList), {
  ssr: false,
});
const CommandMenu = dynamic(
  () => import('../command-menu/command-menu.tsx').then((module) => module.CommandMenu),
  { ssr: false },
);
const ReadOut = dynamic(() => import('../read-out/read-out.tsx').then((module) => module.ReadOut), {
  ssr: false,
});

/** The second key of a pair must come by then. */
const PAIR_WITHIN_MS = 1_500;

export function Keyboard() {
  const [open, setOpen] = useState<'help' | 'menu'>();
  const [opener, setOpener] = useState<Element | null>(null);
  const [presses, setPresses] = useState(0);
  const close = (): void => setOpen(undefined);
  useKeys();
  useKeyAction('help', () => setOpen('help'));
  useKeyAction('command-menu', () => {
    if (open !== 'menu') setOpener(document.activeElement);
    setOpen(open === 'menu' ? undefined : 'menu');
  });
  useKeyAction('read-out', () => setPresses(presses + 1));
  return (
    <>
      {open === 'help' ? <KeyList onClose={close} /> : null}
      {open === 'menu' ? <CommandMenu onClose={close} opener={opener} /> : null}
      {presses > 0 ? <ReadOut onClose={() => setPresses(0)} presses={presses} /> : null}
    </>
  );
}

function useKeys(): void {
  const { push } = useGo();
  const singleKeys = useSetting((settings) => settings.singleKeys === 'on');
  const goAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const afterGo = event.timeStamp - goAt.current < PAIR_WITHIN_MS;
      const reading = readPress(pressOf(event), { afterGo, singleKeys, pages: PAGES });
      goAt.current = reading.kind === 'first-of-two' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (reading.kind === 'go') push(reading.href);
      const isAnswered = reading.kind === 'action' && answer(reading.action);
      if (isAnswered || reading.kind === 'go') event.preventDefault();
    }
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [push, singleKeys]);
}

function pressOf(event: KeyboardEvent): Press {
  const target = event.target instanceof Element ? event.target : document.body;
  const isIn = (selector: string): boolean => target.closest(selector) !== null;
  return {
    key: event.key,
    withCommand: event.ctrlKey || event.metaKey,
    withAlt: event.altKey,
    inField: isIn('input, textarea, select, [contenteditable=true], [role=dialog]'),
    onControl: isIn('a, button, summary, [role=button], [role=slider], [role=tab]'),
    inRow: isIn('[data-nav-row]'),
  };
}
