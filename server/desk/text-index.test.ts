import { expect, it } from 'vitest';
import { createTextIndex, type TextHits, type TextIndex } from './text-index.ts';

function find(index: TextIndex, text: string): TextHits {
  const search = index.find(text);
  for (;;) {
    const next = search.next();
    if (next.done === true) return next.value;
  }
}

function filled(count: number): TextIndex {
  const index = createTextIndex();
  for (let slot = 0; slot < count; slot += 1)
    index.add(`A${String(slot).padStart(7, '0')} ${slot % 3 === 0 ? 'Größe' : 'bold'}`);
  return index;
}

it('finds beginnings, middles and labels, without case, over several stretches of memory', () => {
  const index = filled(200_000);
  expect(find(index, 'a0123456').slots).toEqual([123_456]);
  expect(find(index, '99999').slots).toEqual([99_999, 199_999]);
  expect(find(index, 'GRÖSSE').slots).toEqual([]);
  expect(find(index, 'GRÖ').slots.length).toBe(66_667);
  expect(find(index, '3 gr').slots[1]).toBe(33);
  expect(find(index, 'nobody').slots).toEqual([]);
  const ones = Array.from({ length: 200_000 }, (_, slot) => slot).filter(
    (slot) => slot % 10 === 1 && slot % 3 !== 0,
  );
  expect(find(index, '1 b').slots).toEqual(ones);
});

it('never finds across two accounts, nor one account twice', () => {
  const index = createTextIndex();
  index.add('anna');
  index.add('anna\nnan');
  expect(find(index, 'aa').slots).toEqual([]);
  expect(find(index, 'a\na').slots).toEqual([]);
  expect(find(index, 'an').slots).toEqual([0, 1]);
});

it('adds what came since to what it found before, also for two who search at once', () => {
  const index = filled(50_000);
  const [one, other] = [index.find('bold'), index.find('bold')];
  const answers: TextHits[] = [];
  while (answers.length < 2) {
    for (const search of [one, other]) {
      const next = search.next();
      if (next.done === true && !answers.includes(next.value)) answers.push(next.value);
      if (next.done === true) break;
    }
  }
  const slots = find(index, 'bold').slots;
  expect(slots).toEqual([...new Set(slots)]);
  expect(slots.length).toBe(33_333);
  index.add('a newcomer, bold');
  const later = find(index, 'bold');
  expect(later.slots.at(-1)).toBe(50_000);
  expect(later.has(50_000)).toBe(true);
  expect(later.has(0)).toBe(false);
});
