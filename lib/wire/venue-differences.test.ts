import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { assessAccount } from '../margin/health.ts';
import { parseAccountFile, toFacts } from './account-file.ts';
import { type ComparedFigure } from './compared-figure.ts';
import { comparedFigures } from './venue-differences.ts';

const symbol = 'BTC-PERPETUAL';

/** A short of a million dollars with twelve bitcoins behind it, at Deribit: rates grow with the coins held. */
function priceBeside(liquidationPrice: string | null): ComparedFigure {
  const parsed = parseAccountFile(
    JSON.stringify({
      venue: 'deribit',
      account: 'd',
      asOf: '2026-01-14T12:00:00Z',
      balances: [{ asset: 'BTC', wallet: '12' }],
      positions: [
        { symbol, size: '-1000000', entryPrice: '50000', marginMode: 'cross', leverage: '10' },
      ],
      marks: [{ symbol, price: '50000' }],
      instruments: [
        {
          symbol,
          kind: 'inverse',
          base: 'BTC',
          quote: 'USD',
          contractSize: '1',
          tickSize: '0.5',
          lotSize: '1',
          marginGrowth: { initialBase: '0.02', maintenanceBase: '0.01', perCoin: '0.00005' },
        },
      ],
      venueFigures: { positions: [{ symbol, liquidationPrice }] },
    }),
  );
  assert(parsed.ok, parsed.ok ? '' : parsed.error.join('; '));
  const facts = toFacts(parsed.value);
  const { venueFigures } = parsed.value.record;
  assert(venueFigures !== undefined, 'given');
  const [price] = comparedFigures(assessAccount(facts), facts.account, venueFigures);
  assert(price !== undefined, 'one figure');
  return price;
}

describe('a liquidation price on either side of the mark', () => {
  // With x = 1,000,000 / P coins: 12 + x - 20 = x (0.01 + 0.00005 x), so x is 8.08411 or 19,791.9: the far side is nearer.
  it('is compared where the position loses alone, as the venue prints it, and both are told', () => {
    const { ours, sides, agreement } = priceBeside('123699');
    expect([ours, agreement]).toEqual(['123699', 'equal']);
    expect(sides).toEqual({ below: '51', above: '123699' });
  });

  it('differs from the venue’s where that prints the other side, or none', () => {
    expect(priceBeside('51').agreement).toBe('differs');
    expect(priceBeside(null).agreement).toBe('differs');
  });
});
