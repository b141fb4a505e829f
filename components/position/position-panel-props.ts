/** Stands apart from what draws it: an import of the type alone must not bring the panel with it. */
export interface PositionPanelProps {
  readonly accountId: string;
  /** As `positionKeyOf` names it. */
  readonly positionKey: string;
}
