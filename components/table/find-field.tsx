'use client';
import { useEffect, useRef } from 'react';

interface FindFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly className?: string;
}

/** A search that the address follows. What is being typed is never overtaken by what the address said a moment ago. */
export function FindField({ label, placeholder, text, onText, className = '' }: FindFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current !== null && field.current !== document.activeElement)
      field.current.value = text;
  }, [text]);
  return (
    <input
      aria-label={label}
      className={`h-6 rounded-control border border-line bg-panel px-2 text-small text-ink placeholder:text-ink-3 pointer-coarse:h-11 ${className}`}
      data-filter
      defaultValue={text}
      onChange={(event) => onText(event.target.value)}
      placeholder={placeholder}
      ref={field}
      type="search"
    />
  );
}
