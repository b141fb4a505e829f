/** Lists of positions and coins: each item an object, each number of a coin a number. */
import { isDecimalText } from '#lib/wire/case-text.ts';
import { isList, isObject, type CaseReader } from './case-reader.ts';

const LISTS = ['positions', 'otherPositions', 'collateral'];
const COIN_NAME = 'ccy';

/** Why the lists of a case cannot be used; undefined where they can, or there is none. */
export function listProblem(reader: CaseReader): string | undefined {
  const strange = reader.entries.find(
    ([key, value]) =>
      LISTS.includes(key) && value !== null && !(isList(value) && value.every(isObject)),
  );
  if (strange !== undefined) return `"${strange[0]}" is no list of objects`;
  const entries = reader.list('collateral').flatMap((row) => row.entries);
  const wrong = entries.find(
    ([key, value]) =>
      key !== COIN_NAME && value !== null && !(typeof value === 'string' && isDecimalText(value)),
  );
  return wrong === undefined ? undefined : `input "collateral.${wrong[0]}" is no number`;
}
