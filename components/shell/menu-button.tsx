'use client';
import { Search } from 'lucide-react';
import { Button } from '#components/primitives/button.tsx';
import { answer } from './keyboard/answer.ts';
import { KeyFace } from './keyboard/key-face.tsx';

/** Opens the command menu. On a phone it stands under More. */
export function MenuButton() {
  return (
    <Button
      aria-label="Command menu"
      className="max-sm:hidden"
      onClick={() => answer('command-menu')}
      title="Command menu, Ctrl K"
      tone="bare"
    >
      <Search aria-hidden className="shrink-0" size={15} />
      <span className="max-wide:hidden">
        <KeyFace>Ctrl+K</KeyFace>
      </span>
    </Button>
  );
}
