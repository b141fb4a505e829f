/**
 * What is wrong with the way a page lies on its screen, in words: general rules, for every page at every size. Words are cut off,
 * two of them lie on each other, a control is outside, covered, or too small to be hit.
 */
import { type Page } from '@playwright/test';

/** ux.md 10; under a finger 44 are wished for, and this many demanded. */
const TARGET_PX = 24;

export async function faultsOfLayout(page: Page): Promise<readonly string[]> {
  const groups = [await page.evaluate(faultsOfFrame), await page.evaluate(faultsOfWords)];
  return [...groups.flat(), ...(await page.evaluate(faultsOfTargets, TARGET_PX))];
}

/** The page is no wider than its screen, and what stands around it is whole. Runs in the page. */
function faultsOfFrame(): string[] {
  const faults: string[] = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`scrolls sideways by ${wide} px`);
  const controls = document.querySelectorAll(
    ':is(div > header, section[aria-label=Run]) :is(a, button, select)',
  );
  for (const control of controls) {
    const box = control.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const name = control.getAttribute('aria-label') ?? control.textContent;
    if (box.right > document.documentElement.clientWidth + 1 || box.left < -1)
      faults.push(`"${name}" is outside of the page`);
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (top === null || !(control.contains(top) || top.contains(control)))
      faults.push(
        `"${name}" is covered by ${top?.tagName ?? 'nothing'} ${top?.textContent.slice(0, 40) ?? ''}`,
      );
  }
  const header = document.querySelector('div > header')?.getBoundingClientRect();
  const main = document.querySelector('main')?.getBoundingClientRect();
  if (header !== undefined && main !== undefined && main.top < header.bottom)
    faults.push('the page begins under the header');
  return faults;
}

/** No word is cut off but by what can be scrolled, and no two lie on each other. Runs in the page. */
function faultsOfWords(): string[] {
  interface Line {
    readonly word: string;
    readonly layer: Element | null;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const faults: string[] = [];
  const lines: Line[] = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const parent = walker.currentNode.parentElement;
    const word = walker.currentNode.textContent?.trim() ?? '';
    if (
      parent === null ||
      word === '' ||
      parent.closest('script, style, option, desc, title') !== null
    )
      continue;
    const isDrawn = parent.checkVisibility({ opacityProperty: true, contentVisibilityAuto: true });
    if (!isDrawn || isForReadersOnly(parent)) continue;
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) look(word, parent, box);
  }
  lines.sort((a, b) => a.top - b.top);
  for (const [place, line] of lines.entries())
    for (let next = place + 1; next < lines.length; next += 1) {
      const other = lines[next];
      if (other === undefined || other.top > line.bottom - 4) break;
      if (liesOn(line, other)) faults.push(`"${line.word}" and "${other.word}" lie on each other`);
    }
  return [...new Set(faults)];

  /** Words that are only spoken stand in a box of one pixel. */
  function isForReadersOnly(element: Element): boolean {
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      const { position, width } = getComputedStyle(around);
      if (position === 'absolute' && width === '1px') return true;
    }
    return element.closest('next-route-announcer') !== null;
  }

  /** Whether it is cut, and where it is seen. */
  function look(word: string, parent: Element, box: DOMRect): void {
    let { left, right, top, bottom } = box;
    let isScrolled = false;
    let layer: Element | null = null;
    for (let around: Element | null = parent; around !== null; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (['fixed', 'sticky'].includes(style.position)) layer ??= around;
      if (style.display === 'inline' || around === document.body) continue;
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const edge = around.getBoundingClientRect();
      isScrolled ||= [style.overflowX, style.overflowY].some((way) => /auto|scroll/.test(way));
      if (
        !isScrolled &&
        (right > edge.right + 1 || left < edge.left - 1 || bottom > edge.bottom + 3)
      )
        faults.push(`"${word}" is cut off`);
      left = Math.max(left, edge.left);
      right = Math.min(right, edge.right);
      top = Math.max(top, edge.top);
      bottom = Math.min(bottom, edge.bottom);
    }
    if (right > left && bottom > top) lines.push({ word, layer, left, right, top, bottom });
  }

  function liesOn(a: Line, b: Line): boolean {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return a.word !== b.word && a.layer === b.layer && across > 2 && down > 4;
  }
}

/** Whoever presses a little beside the middle of a control still hits it. Runs in the page, and scrolls it. */
function faultsOfTargets(targetPx: number): string[] {
  const faults: string[] = [];
  const reach = targetPx / 2 - 0.5;
  const controls = document.querySelectorAll<HTMLElement>(
    'main :is(a[href], button, select, summary, input, textarea)',
  );
  const before = scrollY;
  for (const control of controls) {
    const target = control.closest('label') ?? control;
    if (!control.checkVisibility() || isLargeEnough(target) || isInSentence(control)) continue;
    target.scrollIntoView({ block: 'center', inline: 'nearest' });
    const { x, y, width, height } = target.getBoundingClientRect();
    const [middle, centre] = [x + width / 2, y + height / 2];
    const around = [
      [middle - reach, centre],
      [middle + reach, centre],
      [middle, centre - reach],
      [middle, centre + reach],
    ] as const;
    if (isHit(target, middle, centre) && !around.every(([at, down]) => isHit(target, at, down)))
      faults.push(
        `"${control.getAttribute('aria-label') ?? control.textContent}" is ${width} by ${height} px`,
      );
  }
  scrollTo({ top: before, behavior: 'instant' });
  return [...new Set(faults)];

  function isLargeEnough(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    return width >= targetPx - 0.5 && height >= targetPx - 0.5;
  }

  /** Words that lead somewhere amid others are as high as their line. */
  function isInSentence(control: HTMLElement): boolean {
    return getComputedStyle(control).display === 'inline' && control.closest('p') !== null;
  }

  function isHit(target: Element, x: number, y: number): boolean {
    const top = document.elementFromPoint(x, y);
    return top !== null && target.contains(top);
  }
}
