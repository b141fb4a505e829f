'use client';
import { useEffect } from 'react';
import { say } from './say.ts';

/** A sentence that appears after an act: written here, and spoken in the page's one polite region. */
export function Told({
  children,
  className,
}: {
  readonly children: string;
  readonly className?: string;
}) {
  useEffect(() => say(children), [children]);
  return <p className={className}>{children}</p>;
}
