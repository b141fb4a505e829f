/** Stands apart from what draws it: an import of the type alone must not bring recharts with it. */
import { type Level } from './label-places.ts';
import { type PicturePoint } from './picture-points.ts';

export interface LinePictureProps {
  readonly points: readonly PicturePoint[];
  readonly levels: readonly Level[];
  /** Shaded bands with their colour, from and to. */
  readonly bands?: readonly {
    readonly from: number;
    readonly to: number;
    readonly colour: string;
  }[];
  readonly domain: readonly [number, number];
  readonly showValue: (value: number) => string;
  readonly colour: string;
  /** Where the line ends and where the figures stand now: joined, so that the line never ends elsewhere. */
  readonly newest?: { readonly from: number; readonly to: number } | undefined;
}
