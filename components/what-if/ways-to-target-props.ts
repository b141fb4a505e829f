/** Stands apart from what draws it: an import of the type alone must not bring the solver with it. */
import { type PoolHealth, type PositionHealth } from '#lib/margin/figures.ts';

export interface WaysToTargetProps {
  readonly pool: PoolHealth;
  /** What a plan begins with. */
  readonly position: PositionHealth;
}
