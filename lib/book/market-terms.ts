/** What pools are judged by besides marks: contracts and their tiers, levels, what assets count for, volatilities. */
import { type Result } from '../contract.ts';
import { type AssetPrice } from '../margin/account.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AssetId } from '../units/ids.ts';
import { type Book } from './book.ts';
import { levelColumns, refreshLevels, type LevelDefinition } from './level-columns.ts';
import { calmestScale, CODES_MAX, putInstrument, setAssetPrice } from './market-columns.ts';
import { callAll, callHolders, callPool, owe } from './terms.ts';

/** A contract, or other terms of one: who holds it is due. */
export function listInstrument(book: Book, instrument: Instrument): Result<number> {
  const isNew = !book.market.codes.has(instrument.id);
  const code = putInstrument(book.market, instrument);
  if (!code.ok) return code;
  refreshCoin(book, book.market.base[code.value] ?? 0);
  if (!isNew)
    callHolders(book, new Uint8Array(CODES_MAX).fill(1, code.value, code.value + 1), (slot) =>
      callPool(book, slot),
    );
  return code;
}

/** A set of levels that pools may be judged by: its number. */
export function addLevels(book: Book, definition: LevelDefinition): number {
  const columns = levelColumns(definition);
  book.levels.push(columns);
  for (let coin = 0; coin < book.market.coins.length; coin += 1)
    refreshLevels(columns, book.market, coin);
  return book.levels.length - 1;
}

/** What an asset counts for; undefined for none. With another weight everything is due. */
export function priceAsset(book: Book, asset: AssetId, price: AssetPrice | undefined): void {
  const coin = setAssetPrice(book.market, asset, price);
  const weight = price?.collateralWeight.toNumber() ?? book.market.weight[coin];
  if (weight === undefined || weight === book.market.weight[coin]) return;
  book.market.weight[coin] = weight;
  callAll(book);
}

/** Volatilities of a coin, as standard deviations of a day's log return. */
export function setVolatility(
  book: Book,
  coin: number,
  p: { readonly daily: number; readonly wildest: number },
): void {
  const { market } = book;
  if (market.daily[coin] === p.daily && market.wildest[coin] === p.wildest) return;
  market.daily[coin] = p.daily;
  market.wildest[coin] = p.wildest;
  refreshCoin(book, coin);
}

/** [BO8] Limits that lie elsewhere are as good as prices that moved, by the calmest coin's scale; twice for what they weigh. */
function refreshCoin(book: Book, coin: number): void {
  let most = 0;
  for (const columns of book.levels)
    most = Math.max(most, refreshLevels(columns, book.market, coin));
  if (most > 0) owe(book, coin, (2 * most) / calmestScale(book.market));
}
