'use client';
import { usePathname } from 'next/navigation';
import { useCallback } from 'react';
import { useAddressChoice, type Query } from '#components/table/address-choice.ts';
import { keep, readKept } from '#components/table/kept-choice.ts';
import {
  addressWords,
  choiceFrom,
  keptFrom,
  storedForm,
  type PositionChoice,
} from './position-choice.ts';

export interface PositionChoosing {
  readonly choice: PositionChoice;
  readonly choose: (change: Partial<PositionChoice>) => void;
}

/** The reader's choice for the positions on this page. */
export function usePositionChoice(): PositionChoosing {
  const view = `positions:${usePathname()}`;
  const read = useCallback((query: Query) => choiceFrom(query, keptFrom(readKept(view))), [view]);
  const [choice, setChoice] = useAddressChoice({ read, wordsOf: addressWords });
  return {
    choice,
    choose: (change) => {
      const next = { ...choice, ...change };
      keep(view, storedForm(next));
      setChoice(next);
    },
  };
}
