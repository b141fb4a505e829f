/** What one client, and all clients of one address, may cost. */
import { type Rate } from '../guard/allowance.ts';

export interface Limits {
  /** Requests of one socket, and of all sockets of one address. */
  readonly requests: Rate;
  readonly addressRequests: Rate;
  /** Whatever arrives on one socket, pings and nonsense included. */
  readonly packets: Rate;
  readonly socketsPerAddress: number;
  readonly messageBytes: number;
  /** A client that has not said hello by then goes. */
  readonly helloWithinMs: number;
  /** Packets that may wait for a client; beyond it facts and rows are caught up with later. */
  readonly packetsWaiting: number;
  /** Bytes that may wait for a client; beyond it the client goes. */
  readonly bytesWaiting: number;
  /** A client that takes nothing for so long goes. */
  readonly unreadMs: number;
}

export const LIMITS: Omit<Limits, 'socketsPerAddress'> = {
  requests: { burst: 100, refillPerSecond: 50 },
  addressRequests: { burst: 800, refillPerSecond: 400 },
  packets: { burst: 400, refillPerSecond: 200 },
  messageBytes: 16_384,
  helloWithinMs: 10_000,
  packetsWaiting: 32,
  bytesWaiting: 4_194_304,
  unreadMs: 30_000,
};
