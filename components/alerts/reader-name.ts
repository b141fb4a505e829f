/** Who answers: asked once, kept in this browser. */
const NAME_KEY = 'plimsoll-name';
export const NAME_CHARACTERS_MAX = 80;

/** Empty until it was given. */
export function readerName(): string {
  return localStorage.getItem(NAME_KEY) ?? '';
}

export function keepReaderName(name: string): void {
  localStorage.setItem(NAME_KEY, name);
}
