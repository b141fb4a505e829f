/** What the desk's filter lets through, in words. Pure. */
import { type Chip } from '#components/table/filter-chips.tsx';
import { type Format } from '#lib/display/format.ts';
import { stateWord } from '#lib/display/words.ts';
import { bandWords, moveText } from './band-words.ts';
import { toggled, type DeskView } from './desk-query.ts';

export function deskChips(
  view: DeskView,
  setView: (view: DeskView) => void,
  format: Format,
): readonly Chip[] {
  const { coin, band, shock } = view;
  const text = view.text.trim();
  const without = (changes: Partial<DeskView>) => () => setView({ ...view, ...changes });
  const chips: Chip[] = view.states.map((state) => ({
    text: stateWord(state),
    remove: without({ states: toggled(view.states, state) }),
  }));
  if (coin !== null) chips.push({ text: `largest in ${coin}`, remove: without({ coin: null }) });
  if (band !== null) chips.push({ text: bandWords(band, format), remove: without({ band: null }) });
  if (shock !== null)
    chips.push({ text: `liquidated at ${moveText(shock)}`, remove: without({ shock: null }) });
  if (text !== '') chips.push({ text: `“${text}”`, remove: without({ text: '' }) });
  return chips;
}
