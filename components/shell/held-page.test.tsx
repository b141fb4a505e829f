import { expect, it } from 'vitest';
import { pageOfPress } from './held-page.ts';

const HERE = new URL('/desk?band=1', location.href);

function press(link: string, keys: MouseEventInit = {}): string | undefined {
  document.body.innerHTML = `<a ${link}><span>x</span></a>`;
  let page: string | undefined;
  const read = (event: MouseEvent): void => {
    page = pageOfPress(event, HERE);
    event.preventDefault();
  };
  addEventListener('click', read, { once: true, capture: true });
  const target = document.querySelector('span');
  target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...keys }));
  return page;
}

it('takes a plain press on a link to another page of the product', () => {
  expect(press('href="/what-if?account=A0001#top"')).toBe('/what-if?account=A0001#top');
  expect(press('href="/desk"')).toBe('/desk');
});

it('leaves alone what opens elsewhere, or nowhere', () => {
  expect(press('href="/status"', { ctrlKey: true })).toBeUndefined();
  expect(press('href="/status" target="_blank"')).toBeUndefined();
  expect(press('href="/desk.csv" download')).toBeUndefined();
  expect(press('href="https://example.org/"')).toBeUndefined();
  expect(press('href="/desk?band=1#main"')).toBeUndefined();
});
