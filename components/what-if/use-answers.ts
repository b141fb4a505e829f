'use client';
/** Answers to a goal, searched for in turns between which the page may paint and listen. */
import { useEffect, useState } from 'react';
import { type Goal } from '#lib/risk/solve.ts';
import { answersByTurns, type Answers } from './answers.ts';

interface Answered {
  readonly goal: Goal;
  readonly answers: Answers;
}

/** The newest goal that has been answered; a newer one is on its way meanwhile. Undefined before the first. */
export function useAnswers(goal: Goal | undefined): Answered | undefined {
  const [answered, setAnswered] = useState<Answered>();
  useEffect(() => {
    if (goal === undefined) return undefined;
    const turns = answersByTurns(goal);
    let timer = setTimeout(take);
    function take(): void {
      const turn = turns.next();
      if (turn.done === true && goal !== undefined) setAnswered({ goal, answers: turn.value });
      else timer = setTimeout(take);
    }
    return () => clearTimeout(timer);
  }, [goal]);
  return goal === undefined ? undefined : answered;
}
