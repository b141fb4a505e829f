/** Stands apart from what draws it: an import of the type alone must not bring the panel with it. */
import { type AccountText } from '#lib/wire/protocol.ts';

export interface ClosedPanelProps {
  readonly account: AccountText;
  /** Plans that the reader has dismissed. */
  readonly seen: ReadonlySet<string>;
  readonly onSeen: (planIds: readonly string[]) => void;
}
