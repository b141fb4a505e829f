'use client';
/** An account from outside: read here, shown with everything that was left out or supposed, then watched on live marks. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Panel } from '#components/primitives/panel.tsx';
import { Told } from '#components/shell/told.tsx';
import { DropZone } from './drop-zone.tsx';
import { recallImport, importStore } from './import-store.ts';
import { ImportedAccount } from './imported-account.tsx';
import { WhatCanBeRead } from './what-can-be-read.tsx';

export function ImportPage() {
  const state = useStore(importStore);
  useEffect(recallImport, []);
  if (state.kind === 'read') return <ImportedAccount key={state.readAt} state={state} />;
  return (
    <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,28rem)]">
      <div className="flex min-w-0 flex-col gap-3">
        {state.kind === 'refused' ? <Refused sentences={state.sentences} /> : null}
        <DropZone />
      </div>
      <WhatCanBeRead />
    </div>
  );
}

const SHOWN_MAX = 20;

function Refused({ sentences }: { readonly sentences: readonly string[] }) {
  const more = sentences.length - SHOWN_MAX;
  return (
    <Panel bodyClassName="px-3 py-2" title="Nothing was taken">
      <Told className="text-small text-ink-3">
        {sentences.length === 1
          ? 'The text cannot be read as an account.'
          : `The texts cannot be read as an account, for ${sentences.length} reasons.`}
      </Told>
      <ul className="mt-1 list-disc pl-5 wrap-anywhere">
        {sentences.slice(0, SHOWN_MAX).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-1 text-small text-ink-3">and {more} more</p> : null}
    </Panel>
  );
}
