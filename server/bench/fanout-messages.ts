/** What the fan-out benchmark and its clients' process say to each other. */

/** What this process is asked, as JSON in its first argument. */
export interface FanoutLoad {
  readonly port: number;
  readonly accountIds: readonly string[];
  /** The first so many never read. */
  readonly deaf: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What it answers. */
export interface FanoutSeen {
  readonly ageMs: readonly number[];
  readonly frames: number;
  readonly bytes: number;
  readonly closed: number;
  /** Processor time that the clients themselves took while it was measured. */
  readonly processorSeconds: number;
}
