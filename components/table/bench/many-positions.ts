/** Thousands of positions whose figures are given, not derived: what is measured is the table. */
import { accountExample, markExample, positionExample } from '#components/live/example-facts.ts';
import { exampleView, positionOf } from '#components/health/example-account.tsx';
import { type PositionView } from '#components/health/pool-view.ts';
import { known } from '#lib/margin/figures.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { money, price, rate } from '#lib/units/money.ts';

const TEMPLATE = positionOf(
  exampleView(accountExample({ positions: [positionExample({ isolatedWallet: '6000' })] }), [
    markExample('BTCUSDT', '60000'),
  ]),
  'BTCUSDT',
);
const LIQUIDATION = TEMPLATE.position.liquidation();
const EXIT = TEMPLATE.position.ifLiquidated();

/** Every position at a moment: each mark has moved since the one before, by a few tenths that repeat. */
export function positionsAt(moment: number, count: number): readonly PositionView[] {
  return Array.from({ length: count }, (_none, index) => positionAt(moment, index));
}

function positionAt(moment: number, index: number): PositionView {
  const { position, wire } = TEMPLATE;
  const step = (moment * 7 + index * 13) % 997;
  const mark = new Decimal(60_000).plus(step);
  const share = new Decimal(step + 1).div(10_000);
  const { mark: reading } = position;
  const liquidation = { ...LIQUIDATION, distanceShare: known(rate(share)) };
  return {
    ...TEMPLATE,
    key: `row ${index}`,
    wire: wire === undefined ? undefined : { ...wire, time: wire.time + moment },
    position: {
      ...position,
      mark: reading.known ? known({ ...reading.value, price: price(mark) }) : reading,
      notional: known(money(mark)),
      unrealizedPnl: known(money(step - 500)),
      liquidation: () => liquidation,
      ifLiquidated: () => EXIT,
    },
  };
}
