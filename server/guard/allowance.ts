/** A bucket of requests: so many at once, refilled by so many a second. One for a connection, one for an address. */

export interface Rate {
  /** Requests that may come at once. */
  readonly burst: number;
  readonly refillPerSecond: number;
}

export interface Allowance {
  left: number;
  at: number;
}

const SECOND_MS = 1_000;

export function createAllowance({ burst }: Rate, nowMs: number): Allowance {
  return { left: burst, at: nowMs };
}

/** Takes one request out of the allowance, or one that counts for several; false when less is left. */
export function allow(allowance: Allowance, rate: Rate, nowMs: number, cost = 1): boolean {
  const refill = ((nowMs - allowance.at) / SECOND_MS) * rate.refillPerSecond;
  allowance.left = Math.min(rate.burst, allowance.left + refill);
  allowance.at = nowMs;
  if (allowance.left < cost) return false;
  allowance.left -= cost;
  return true;
}

/** Addresses remembered at a time; the one that was silent longest is forgotten first. */
const ADDRESSES_MAX = 10_000;

export interface AddressAllowances {
  /** The same from the allowance of an address. */
  allow(address: string, nowMs: number, cost?: number): boolean;
  readonly size: number;
}

export function createAddressAllowances(rate: Rate): AddressAllowances {
  const byAddress = new Map<string, Allowance>();
  return {
    allow: (address, nowMs, cost) => {
      const allowance = byAddress.get(address) ?? createAllowance(rate, nowMs);
      // Moved to the end: the first one is the one that was silent longest.
      byAddress.delete(address);
      byAddress.set(address, allowance);
      const [oldest] = byAddress.keys();
      if (byAddress.size > ADDRESSES_MAX && oldest !== undefined) byAddress.delete(oldest);
      return allow(allowance, rate, nowMs, cost);
    },
    get size() {
      return byAddress.size;
    },
  };
}
