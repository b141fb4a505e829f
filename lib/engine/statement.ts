/** What a liquidation did, as the statement that its owner reads: it adds up exactly (SPEC LI7). */
import { decimalText, ZERO, type Decimal } from '../units/decimal.ts';
import { accountId, type AssetId } from '../units/ids.ts';
import { moneyFromUnits, negated, type MoneyUnits } from '../units/scaled.ts';
import { rowOf } from './journal.ts';
import { walletOf, type Movement } from './ledger.ts';
import { type LiquidationPlan } from './liquidation-plan.ts';
import { type JournalRow, type MovementText } from './row.ts';
import { type CollateralSale, type ForcedClose } from './settlement.ts';
import { SYSTEM_ACCOUNTS, type EngineState } from './state.ts';

export interface Closed {
  readonly close: ForcedClose;
  readonly isolated: boolean;
}

/** Everything a settlement needs to know and to report. */
export interface Settlement {
  readonly sales: readonly CollateralSale[];
  readonly fees: readonly Charge[];
  readonly deficits: readonly Covered[];
  readonly movements: readonly Movement[];
}
export interface Charge {
  readonly asset: AssetId;
  readonly amount: MoneyUnits;
}
export interface Covered extends Charge {
  readonly paidByFund: MoneyUnits;
  readonly badDebt: MoneyUnits;
}

export interface Statement {
  readonly done: Settlement;
  readonly closes: readonly Closed[];
  readonly priceOf: (asset: AssetId) => Decimal;
  readonly equity: Decimal;
  readonly left: Decimal;
}

/** [LI7] equity at the decision = fee + conversion cost + left - deficit, exactly; deficit = fund's part + bad debt. */
export function statementRow(state: EngineState, plan: LiquidationPlan, p: Statement): JournalRow {
  const { unit } = plan.health;
  const total = (parts: readonly Charge[]): Decimal => sumIn(p.priceOf, parts);
  const covered = p.done.deficits;
  const notionals = p.closes.map(({ close }) => ({
    asset: close.instrument.settle,
    amount: close.notional,
  }));
  const fund = state.accounts.read(accountId(SYSTEM_ACCOUNTS.insuranceFund));
  const fundAsset =
    covered[0]?.asset ?? p.done.fees[0]?.asset ?? p.closes[0]?.close.instrument.settle ?? unit;
  return rowOf(
    state,
    {
      kind: 'liquidation-settled',
      planId: plan.planId,
      poolId: plan.row.poolId,
      unit,
      equityAtDecision: decimalText(p.equity),
      notional: decimalText(total(notionals)),
      fee: decimalText(total(p.done.fees)),
      conversionCost: decimalText(total(p.done.sales.flatMap(saleSides))),
      deficit: decimalText(total(covered)),
      paidByFund: decimalText(
        total(covered.map(({ asset, paidByFund }) => ({ asset, amount: paidByFund }))),
      ),
      badDebt: decimalText(
        total(covered.map(({ asset, badDebt }) => ({ asset, amount: badDebt }))),
      ),
      left: decimalText(p.left),
      fundAfter: fund === undefined ? '0' : moneyText(walletOf(fund, fundAsset)),
      collateralSold: p.done.sales.map((sale) => ({
        asset: sale.asset,
        amount: moneyText(sale.amount),
        price: decimalText(p.priceOf(sale.asset)),
        proceeds: moneyText(sale.proceeds),
      })),
      movements: p.done.movements.map(movementText),
    },
    plan.account.accountId,
  );
}

/** What was sold less what it brought in: valued at index prices, the difference is the cost. */
function saleSides(sale: CollateralSale): readonly Charge[] {
  return [
    { asset: sale.asset, amount: sale.amount },
    { asset: sale.into, amount: negated(sale.proceeds) },
  ];
}

function sumIn(priceOf: (asset: AssetId) => Decimal, parts: readonly Charge[]): Decimal {
  return parts.reduce(
    (sum, { asset, amount }) => sum.plus(moneyFromUnits(amount).times(priceOf(asset))),
    ZERO,
  );
}

export function moneyText(units: MoneyUnits): string {
  return decimalText(moneyFromUnits(units));
}

export function movementText(movement: Movement): MovementText {
  return { ...movement, amount: moneyText(movement.amount) };
}
