'use client';
/** What a rule would do if it were set now, asked of the server each time the rule is another one. */
import { useEffect, useRef, useState } from 'react';
import { useSession } from '#components/live/live-provider.tsx';
import { type AlertRule } from '#lib/engine/alert-rule.ts';
import { type RulePreview } from '#lib/wire/protocol.ts';

export type PreviewState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'known'; readonly preview: RulePreview };

/** Typing goes on while it is shorter than this. */
const PAUSE_MS = 350;

/** @param rule undefined while what stands in the form is no rule. */
export function useRulePreview(rule: AlertRule | undefined): PreviewState {
  const session = useSession();
  const text = rule === undefined ? '' : JSON.stringify(rule);
  const [known, setKnown] = useState<{ readonly of: string; readonly state: PreviewState }>();
  const latest = useRef(rule);
  useEffect(() => {
    latest.current = rule;
  });
  useEffect(() => {
    if (text === '' || session === undefined) return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      if (latest.current === undefined) return;
      void session.previewAlertRule({ rule: latest.current }).then((answer) => {
        if (!isWanted) return;
        const state: PreviewState = answer.ok
          ? { kind: 'known', preview: answer.preview }
          : { kind: 'refused', message: answer.message };
        setKnown({ of: text, state });
      });
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, session]);
  if (text === '') return { kind: 'none' };
  return known?.of === text ? known.state : { kind: 'asking' };
}
