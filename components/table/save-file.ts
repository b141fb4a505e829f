'use client';
/** Hands a text, or its parts, to the browser as a download. */
export function saveFile(name: string, text: string | readonly string[], type = 'text/csv'): void {
  const parts = typeof text === 'string' ? [text] : [...text];
  const url = URL.createObjectURL(new Blob(parts, { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** `plimsoll-positions-A0007-20260114T120431Z.csv`. */
export function fileName(subject: string, time: number, extension = 'csv'): string {
  const stamp = new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `plimsoll-${subject}-${stamp}.${extension}`;
}
