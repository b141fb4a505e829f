/**
 * Proof that both ends hold the same facts of an account and derive the same figures from them: the server hashes what its
 * ledger and its own market give, the browser what arrived over the wire. One differing digit anywhere gives another digest.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  type AccountHealth,
  type Figure,
  type MarginRatio,
  type PoolHealth,
  type PositionHealth,
} from '../margin/figures.ts';
import { type Decimal, decimalText } from '../units/decimal.ts';
import { type AccountText } from './protocol.ts';

function figureText(figure: Figure<Decimal>): string {
  return figure.known ? decimalText(figure.value) : `no:${figure.why.kind}`;
}

function ratioText(figure: Figure<MarginRatio>): string {
  if (!figure.known) return `no:${figure.why.kind}`;
  return figure.value.kind === 'ratio' ? decimalText(figure.value.value) : figure.value.kind;
}

function positionFigures(position: PositionHealth): readonly string[] {
  return [
    position.instrumentId,
    position.positionSide,
    figureText(position.notional),
    figureText(position.unrealizedPnl),
    figureText(position.initialMargin),
    figureText(position.maintenanceMargin),
    figureText(position.breakEvenPrice),
    figureText(position.liquidation().nearest),
  ];
}

function poolFigures(pool: PoolHealth): readonly unknown[] {
  return [
    pool.id,
    pool.status,
    figureText(pool.marginBalance),
    figureText(pool.initialMargin),
    figureText(pool.orderMargin),
    figureText(pool.maintenanceMargin),
    figureText(pool.availableMargin),
    figureText(pool.withdrawable),
    ratioText(pool.marginRatio),
    pool.positions.map(positionFigures),
  ];
}

/** What the digest hashes: the facts as they travel, then the figures, in a fixed order. */
export function accountDigestText(facts: AccountText, health: AccountHealth): string {
  const { wallets, positions, orders, pools } = facts;
  return JSON.stringify([
    [facts.accountId, facts.positionMode, facts.assetMode],
    wallets.map(({ asset, amount }) => [asset, amount]),
    positions.map((p) => [
      p.instrument,
      p.positionSide,
      p.signedSize,
      p.openValue,
      p.leverage,
      p.isolatedWallet,
      p.fundingReceived,
      p.openedAt,
    ]),
    orders.map((o) => [
      o.orderId,
      o.instrument,
      o.positionSide,
      o.signedSize,
      o.price,
      o.reduceOnly,
    ]),
    pools.map((p) => [p.poolId, p.alertState, p.since, p.unknownSince, p.phase]),
    health.pools.map(poolFigures),
  ]);
}

/** SHA-256 of `accountDigestText`, hex. */
export function accountDigest(facts: AccountText, health: AccountHealth): string {
  return bytesToHex(sha256(utf8ToBytes(accountDigestText(facts, health))));
}
