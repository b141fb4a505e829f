'use client';
/** Figures in cells: a value with its uncut text behind it, or the words for why it does not exist. */
import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { useSetting } from '#components/settings/use-settings.ts';
import {
  createFormat,
  POINT_STYLE,
  signOf,
  type Format,
  type NumberStyle,
} from '#lib/display/format.ts';
import { NUMBER_STYLES } from '#lib/display/number-style.ts';
import { type Shown } from '#lib/display/shown.ts';
import { absenceSentence, absenceWords, type AbsenceWords } from '#lib/display/words.ts';
import { type Absence, type Figure } from '#lib/margin/figures.ts';
import { classNames } from './class-names.ts';

const FormatContext = createContext<Format>(createFormat(POINT_STYLE));

/** The reader's number style, chosen or of the locale; the server's text is replaced once, before any figure is there. */
export function FormatProvider({ children }: { readonly children: ReactNode }) {
  const chosen = useSetting((settings) => settings.numberStyle);
  const convention = useSetting((settings) => settings.convention);
  const locale = useSyncExternalStore(
    onLanguageChange,
    () => navigator.language,
    () => undefined,
  );
  const format = useMemo(
    () => createFormat(chosen === 'auto' ? styleOf(locale) : NUMBER_STYLES[chosen], convention),
    [chosen, locale, convention],
  );
  return <FormatContext value={format}>{children}</FormatContext>;
}

function onLanguageChange(changed: () => void): () => void {
  addEventListener('languagechange', changed);
  return () => removeEventListener('languagechange', changed);
}

export function useFormat(): Format {
  return useContext(FormatContext);
}

/** @param locale undefined on the server: its text has points */
export function styleOf(locale: string | undefined): NumberStyle {
  if (locale === undefined) return POINT_STYLE;
  const parts = new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    useGrouping: true,
  }).formatToParts(12_345_678.9);
  const mark = (type: string, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { decimal: mark('decimal', POINT_STYLE.decimal), group: mark('group', POINT_STYLE.group) };
}

interface NumberTextProps {
  readonly shown: Shown;
  /** Paints the result scale by sign. Never used for risk. */
  readonly result?: boolean;
  readonly className?: string;
  readonly unit?: string;
}

export function NumberText({ shown, result = false, className, unit }: NumberTextProps) {
  return (
    <span
      className={classNames(result && resultColour(shown), className)}
      data-figure
      title={shown.full}
    >
      {shown.text}
      {unit === undefined ? null : (
        <span className="ml-1 text-[0.85em] font-normal text-ink-3">{unit}</span>
      )}
    </span>
  );
}

function resultColour(shown: Shown): string {
  const sign = signOf(shown);
  if (sign === 0) return 'text-ink-2';
  return sign > 0 ? 'text-gain' : 'text-loss';
}

/** Words for an absence, with the age of the mark that is missing. */
export function useAbsence(): (why: Absence) => AbsenceWords {
  const ages = useLive((state) => state.frame);
  return (why) =>
    absenceWords(why, (id) => {
      const mark = ages?.marks.find((one) => one.id === id);
      return ages === undefined || mark === undefined ? undefined : ages.runTime - mark.time;
    });
}

/** `None` or `Unknown` in a cell, the sentence in the title; `full` writes the sentence out. */
export function AbsenceText({
  why,
  reason,
  full = false,
  className,
}: {
  readonly why: Absence;
  /** Where more is known than `why` tells. */
  readonly reason?: string | undefined;
  readonly full?: boolean;
  readonly className?: string;
}) {
  const told = useAbsence()(why);
  const words = reason === undefined ? told : { ...told, reason };
  const sentence = absenceSentence(words);
  return (
    <span
      className={classNames(
        'inline-block rounded-[3px]',
        words.kind === 'unknown' ? 'hatch px-1 text-unknown' : 'text-ink-3',
        className,
      )}
      title={sentence}
    >
      {full ? sentence : <Abridged sentence={sentence} words={words} />}
    </span>
  );
}

function Abridged({
  sentence,
  words,
}: {
  readonly sentence: string;
  readonly words: AbsenceWords;
}) {
  return (
    <>
      <span aria-hidden>{words.head}</span>
      <span className="sr-only">{sentence}</span>
    </>
  );
}

interface FigureTextProps<Value> extends Omit<NumberTextProps, 'shown'> {
  /** Undefined: it has not come yet. */
  readonly figure: Figure<Value> | undefined;
  readonly show: (value: Value) => Shown;
  /** Writes the reason of an absence out. */
  readonly full?: boolean;
}

export function FigureText<Value>({ figure, show, full = false, ...rest }: FigureTextProps<Value>) {
  if (figure === undefined)
    return (
      <span className="skeleton inline-block h-3 w-[7ch] align-middle">
        <span className="sr-only">loading</span>
      </span>
    );
  if (!figure.known) return <AbsenceText full={full} why={figure.why} />;
  return <NumberText shown={show(figure.value)} {...rest} />;
}
