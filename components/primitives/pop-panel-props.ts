/** Stands apart from what draws it: an import of the type alone must not bring the drawing with it. */
import { type ReactNode, type RefObject } from 'react';

export interface PopPanelProps {
  /** The button that it belongs to. */
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly label: string;
  readonly onClose: () => void;
  readonly className: string;
  readonly children: ReactNode;
}
