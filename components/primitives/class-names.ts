import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** Our type scale is not the one tailwind-merge knows: without this it takes a size for a colour and drops it. */
const merge = extendTailwindMerge({
  extend: { theme: { text: ['micro', 'small', 'base', 'lead', 'figure', 'hero'] } },
});

/** Class names joined; a later one wins over an earlier one of the same kind. */
export function classNames(...values: ClassValue[]): string {
  return merge(clsx(values));
}
