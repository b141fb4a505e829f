'use client';
import { useEffect } from 'react';
import { say } from './say.ts';

/** A sentence that appears after an act: written here, and spoken in the page's one polite region. */
export function Told({
  children,
  className,
  ...rest
}: {
  readonly children: string;
  readonly className?: string;
  /** Names what the sentence asks, for what makes room for it. */
  readonly 'data-asks'?: string;
}) {
  useEffect(() => say(children), [children]);
  return (
    <p className={className} {...rest}>
      {children}
    </p>
  );
}
