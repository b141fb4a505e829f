/** The room that the news take along the bottom, told to the whole page: what stands at the bottom stands above them. */

/** A ref: while the element is there, its height is `--news-room` of the document. */
export function takeRoom(element: HTMLElement): () => void {
  const style = document.documentElement.style;
  const observer = new ResizeObserver(() =>
    style.setProperty('--news-room', `${element.offsetHeight}px`),
  );
  observer.observe(element);
  return () => {
    observer.disconnect();
    style.removeProperty('--news-room');
  };
}
