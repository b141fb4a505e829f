/** Heading of a part of a receipt. */
interface SectionHeadProps {
  readonly title: string;
  readonly aside?: string;
}

export function SectionHead({ title, aside }: SectionHeadProps) {
  return (
    <header className="flex items-baseline gap-2 border-y border-line bg-raised px-4 py-1.5">
      <h3 className="text-small font-semibold text-ink-2">{title}</h3>
      {aside === undefined ? null : <span className="text-small text-ink-3">{aside}</span>}
    </header>
  );
}
