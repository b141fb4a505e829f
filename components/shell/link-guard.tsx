'use client';
/** Cut off from the server, a press on a link must not throw the page away. */
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { heldPage, pageOfPress, useGo, useIsCutOff } from './held-page.ts';

export function LinkGuard() {
  const router = useRouter();
  const isCutOff = useIsCutOff();
  const { push } = useGo();
  useEffect(() => {
    if (!isCutOff) return undefined;
    function pressed(event: MouseEvent): void {
      const href = pageOfPress(event, new URL(location.href));
      if (href === undefined) return;
      event.preventDefault();
      push(href);
    }
    addEventListener('click', pressed, { capture: true });
    return () => removeEventListener('click', pressed, { capture: true });
  }, [isCutOff, push]);
  useEffect(() => {
    const { href } = heldPage.getState();
    if (isCutOff || href === undefined) return;
    heldPage.setState({ href: undefined });
    router.push(href);
  }, [isCutOff, router]);
  return null;
}
