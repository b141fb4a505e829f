/** One JSON line an event, on standard error: standard output is for people. */
import { pino, type Logger } from 'pino';
import { type LogLevel } from './config.ts';

export type { Logger };

const STDERR = 2;

export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: null }, pino.destination({ fd: STDERR, sync: true }));
}
