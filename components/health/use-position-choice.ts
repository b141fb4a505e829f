'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { keep, readKept, writeAddress } from '#components/table/kept-choice.ts';
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

/** The reader's choice for the positions on this page. What was kept is written into the address, so that a link shows the same. */
export function usePositionChoice(): PositionChoosing {
  const query = useSearchParams();
  const view = `positions:${usePathname()}`;
  const [kept, setKept] = useState(() => keptFrom(readKept(view)));
  const choice = choiceFrom(query, kept);
  useEffect(() => writeAddress(addressWords(choiceFrom(query, kept))), [query, kept]);
  return {
    choice,
    choose: (change) => {
      const next = { ...choice, ...change };
      keep(view, storedForm(next));
      setKept(next);
      writeAddress(addressWords(next));
    },
  };
}
