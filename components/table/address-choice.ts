'use client';
/** A reader's choice that the address carries: a press holds at once, a link, a step back or another link brings what it says. */
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { writeAddress } from './kept-choice.ts';

export interface Query {
  readonly get: (name: string) => string | null;
}

interface AddressChoice<Choice> {
  /** What an address says, and where it says nothing, what was kept. Must stay the same function. */
  readonly read: (query: Query) => Choice;
  /** The words of the address for a choice; an empty one is left out of it. */
  readonly wordsOf: (choice: Choice) => Readonly<Record<string, string>>;
}

/** What was kept is written into the address, so that a link shows the same. */
export function useAddressChoice<Choice>({
  read,
  wordsOf,
}: AddressChoice<Choice>): readonly [Choice, (next: Choice) => void] {
  const query = useSearchParams();
  const [choice, setChoice] = useState(() => read(query));
  const [seen, setSeen] = useState(query);
  if (query !== seen) {
    setSeen(query);
    // The router tells of our own words later than we wrote them: the newest stand in the address itself.
    const asked = read(new URLSearchParams(location.search));
    if (!isSame(wordsOf(choice), wordsOf(asked))) setChoice(asked);
  }
  useEffect(() => writeAddress(wordsOf(choice)), [query, choice, wordsOf]);
  function choose(next: Choice): void {
    setChoice(next);
    writeAddress(wordsOf(next));
  }
  return [choice, choose];
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([name, word]) => b[name] === word);
}
