'use client';
/** Light, dark, or as the system says. The script in the document's head applies the choice before anything is drawn. */
import { Monitor, Moon, Sun } from 'lucide-react';
import { Button } from '#components/primitives/button.tsx';
import { chooseTheme, THEMES } from '#components/settings/theme.ts';
import { useTheme } from '#components/settings/use-theme.ts';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeSwitch() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const Icon = ICONS[theme];
  return (
    <Button
      aria-label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => chooseTheme(next)}
      title={`Theme: ${theme}`}
      tone="bare"
    >
      <Icon aria-hidden className="shrink-0" size={15} />
    </Button>
  );
}
