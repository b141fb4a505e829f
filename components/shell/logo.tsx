/** The load line on a hull: a disc, and the line that must stay above water. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      aria-hidden
      fill="none"
      height={size}
      stroke="currentColor"
      strokeWidth="2"
      viewBox="0 0 24 24"
      width={size}
    >
      <circle cx="12" cy="12" r="7" />
      <path d="M1 12h22" strokeLinecap="square" />
    </svg>
  );
}
