/** JSON over HTTP. Whoever asks too early is told when to ask again. */
import { type ServerResponse } from 'node:http';
import { type Reply } from './api.ts';

const UNAVAILABLE = 503;
const RETRY_AFTER_S = '1';

export function sendReply(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === UNAVAILABLE ? { 'retry-after': RETRY_AFTER_S } : {}),
  });
  response.end(`${JSON.stringify(body)}\n`);
}
