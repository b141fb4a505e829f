/** Stands apart from what reads the address: whoever only links here needs no more. */
export const WHAT_IF_PATH = '/what-if';
