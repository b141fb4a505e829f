'use client';
import { useEffect, useRef, useState } from 'react';

/** A value that goes on at its own pace: the newest every so often, the same for as long as it is held. */
export function useSettled<Value>(value: Value, everyMs: number, held = false): Value {
  const [settled, setSettled] = useState(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    if (held) return undefined;
    setSettled(latest.current);
    const timer = setInterval(() => setSettled(latest.current), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, held]);
  return settled;
}
