/** What runs here, as every client is told on hello. */
import { COLLATERAL_WEIGHTS } from '#lib/market/catalogue.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { SCENARIOS } from '#lib/sim/scenario.ts';
import { decimalText } from '#lib/units/decimal.ts';
import { instrumentText } from '#lib/wire/instrument-codec.ts';
import { type RunText } from '#lib/wire/protocol.ts';
import { ENGINE_VERSION } from './run-id.ts';
import { REPLAY_SCENARIO, type RunSource } from './run-source.ts';

/** Speeds on offer on screen; any other may be asked for. */
const SPEEDS = [1, 10, 60, 120, 300, 600] as const;

export function runText(runId: string, source: RunSource, replayName: string | undefined): RunText {
  const { identity, tape } = source;
  return {
    runId,
    mode: source.mode,
    seed: identity.seed,
    scenario: identity.scenario,
    scenarios: [
      ...(replayName === undefined
        ? []
        : [{ id: REPLAY_SCENARIO, title: replayName, summary: 'Recorded prices from a file.' }]),
      ...SCENARIOS.map(({ id, title, summary }) => ({ id, title, summary })),
    ],
    tape: { name: tape.name, startTime: tape.startTime, endTime: tape.endTime ?? null },
    venue: 'house',
    rulesVersion: houseRules.version,
    engineVersion: ENGINE_VERSION,
    instruments: identity.instruments.map(instrumentText),
    assets: COLLATERAL_WEIGHTS.map(({ asset, collateralWeight }) => ({
      asset,
      collateralWeight: decimalText(collateralWeight),
    })),
    speeds: SPEEDS,
  };
}
