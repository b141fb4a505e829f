import { cva, type VariantProps } from 'class-variance-authority';
import { type ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';

export const buttonLook = cva(
  'inline-flex items-center justify-center gap-1.5 rounded-control border font-medium whitespace-nowrap transition-colors duration-(--quick) disabled:opacity-45',
  {
    variants: {
      tone: {
        plain:
          'border-line bg-panel text-ink-2 hover:bg-hover hover:text-ink disabled:hover:bg-panel',
        strong: 'border-ink bg-ink text-panel hover:bg-ink-2 hover:border-ink-2',
        bare: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
      },
      size: {
        small: 'h-6 min-w-6 px-1.5 text-small pointer-coarse:h-11 pointer-coarse:min-w-11',
        normal: 'h-7 min-w-7 px-2 text-small pointer-coarse:h-11 pointer-coarse:min-w-11',
      },
    },
    defaultVariants: { tone: 'plain', size: 'normal' },
  },
);

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & VariantProps<typeof buttonLook>;

export function Button({ tone, size, className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button className={classNames(buttonLook({ tone, size }), className)} type={type} {...rest} />
  );
}
