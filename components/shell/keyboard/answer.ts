/** Who does what an action asks for: the row in focus, then the page, then what holds on every page. */
import { type KeyAction } from './key-map.ts';
import { keyRegistry } from './key-registry.ts';
import { focusFilter, moveRow, pressInRow } from './rows.ts';

/** False: nothing here answers. */
export function answer(action: KeyAction): boolean {
  if (pressInRow(action)) return true;
  const handler = keyRegistry.handlerOf(action);
  if (handler === undefined) return answerEverywhere(action);
  handler();
  return true;
}

function answerEverywhere(action: KeyAction): boolean {
  if (action === 'next-row') return moveRow(1);
  if (action === 'previous-row') return moveRow(-1);
  return action === 'filter' && focusFilter();
}
