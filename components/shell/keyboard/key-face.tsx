import { keyFace } from './key-map.ts';

/** A key as it is printed on the keyboard. */
export function KeyFace({ children }: { readonly children: string }) {
  return (
    <kbd className="inline-block min-w-5 rounded-[3px] border border-line-strong bg-raised px-1 text-center font-mono text-micro text-ink-2">
      {keyFace(children)}
    </kbd>
  );
}
