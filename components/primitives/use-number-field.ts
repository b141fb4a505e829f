'use client';
/** The text of one number input and what it means. Its parent keeps it, so that a button may fill it in. */
import { useState } from 'react';
import { type NumberStyle } from '#lib/display/format.ts';
import { numberInputText, parseNumberInput } from '#lib/display/number-input.ts';
import { type Decimal } from '#lib/units/decimal.ts';
import { useFormat } from './figure-text.tsx';

export interface NumberField {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Fills in a value, uncut, in the reader's style. */
  readonly setValue: (value: Decimal) => void;
  /** Undefined while nothing, or nothing clear, stands there. */
  readonly value: Decimal | undefined;
  /** What was understood, uncut, in the reader's style. */
  readonly understood: string | undefined;
  /** Why the text cannot be read; undefined for an empty field. */
  readonly problem: string | undefined;
}

export function useNumberField(initial = ''): NumberField {
  const { style } = useFormat();
  const [text, setText] = useState(initial);
  return numberFieldOf(text, setText, style);
}

/** The same over a text that somebody else keeps. */
export function numberFieldOf(
  text: string,
  setText: (text: string) => void,
  style: NumberStyle,
): NumberField {
  const setValue = (value: Decimal): void => setText(numberInputText(value, style));
  if (text.trim() === '')
    return { text, setText, setValue, value: undefined, understood: undefined, problem: undefined };
  const read = parseNumberInput(text, style);
  return {
    text,
    setText,
    setValue,
    value: read.ok ? read.value.value : undefined,
    understood: read.ok ? read.value.text : undefined,
    problem: read.ok ? undefined : read.error,
  };
}
