/** What a person finds on the pages, by role and name. Tests say what must be true of it. */
import { expect, type Locator, type Page } from '@playwright/test';

export const PAGES = [
  { path: '/', name: 'Overview' },
  { path: '/what-if', name: 'What-if' },
  { path: '/desk', name: 'Desk' },
  { path: '/alerts', name: 'Alerts' },
  { path: '/liquidations', name: 'Liquidations' },
  { path: '/replay', name: 'Replay' },
  { path: '/import', name: 'Import' },
  { path: '/status', name: 'Status' },
  { path: '/settings', name: 'Settings' },
] as const;

export class PlimsollPage {
  readonly page: Page;
  /** Mode, seed and controls of the run. */
  readonly run: Locator;
  readonly account: Locator;
  readonly pool: Locator;
  readonly positions: Locator;
  readonly desk: Locator;
  /** Alert cards, newest first. */
  readonly alerts: Locator;
  readonly liquidations: Locator;
  readonly prices: Locator;

  constructor(page: Page) {
    this.page = page;
    this.run = page.getByRole('region', { name: 'Run' });
    this.account = page.getByRole('region', { name: /^Account / });
    this.pool = page.getByRole('region', { name: /^(Worst pool|Pool): / });
    this.positions = page.getByRole('region', { name: 'Positions' });
    this.desk = page.getByRole('grid', { name: 'Accounts' });
    this.alerts = page
      .getByRole('region', { name: 'Alerts: changes of state' })
      .getByRole('listitem');
    this.liquidations = page
      .getByRole('region', { name: 'Liquidations' })
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /^Statement / }) });
    this.prices = page.getByRole('table', { name: 'Prices with their age and state' });
  }

  async open(url: string, path = '/'): Promise<void> {
    await this.page.goto(new URL(path, url).href);
    await this.untilLive();
  }

  /** Figures of this run have come. */
  async untilLive(): Promise<void> {
    await expect(this.connection).toHaveText('live');
    await expect(this.run.getByRole('time')).toBeVisible();
  }

  get connection(): Locator {
    return this.page.getByTitle('Connection to the server');
  }

  /** Whether browser and server derive the same figures of the chosen account; its title carries the digest. */
  get agreement(): Locator {
    return this.page.getByTitle(/^Browser and server /);
  }

  link(name: string): Locator {
    return this.page
      .getByRole('navigation')
      .getByRole('link', { name, exact: true })
      .filter({ visible: true });
  }

  /** The way to a page: its own link, or where there is no room for it the button that lists it. */
  async wayTo(name: string): Promise<Locator> {
    const link = this.link(name);
    if ((await link.count()) > 0) return link;
    return this.page
      .getByRole('navigation')
      .getByRole('button', { name: 'More' })
      .filter({ visible: true });
  }

  async goTo(name: string): Promise<void> {
    const way = await this.wayTo(name);
    await way.click();
    if ((await way.textContent()) === name) return;
    await this.page.getByRole('dialog', { name: 'More pages' }).getByText(name).click();
  }

  /** Another part of the alerts page. */
  async openPart(name: string): Promise<void> {
    const parts = this.page.getByRole('navigation', { name: 'Parts of the alerts' });
    await parts.getByRole('link', { name, exact: true }).click();
  }

  button(name: string): Locator {
    return this.run.getByRole('button', { name, exact: true });
  }

  get speed(): Locator {
    return this.run.getByRole('combobox', { name: 'Speed asked' });
  }

  /** Milliseconds since 1970, on the run's own clock. */
  async runTime(): Promise<number> {
    return Date.parse((await this.run.getByRole('time').getAttribute('datetime')) ?? '');
  }

  /** Stops the run, which may stand already. */
  async pause(): Promise<void> {
    if (!(await this.button('Play').isVisible())) await this.button('Pause').click();
    await expect(this.run.getByText('Paused')).toBeVisible();
  }

  /** Stops the run and goes forward to a minute of its day, `hh:mm`. */
  async standAt(clock: string): Promise<void> {
    await this.button('Pause').click();
    await expect(this.button('Play')).toBeVisible();
    await this.run.getByRole('textbox', { name: /^Run time to go to/ }).fill(clock);
    await this.button('Go to that run time').click();
    await expect(this.run.getByRole('time')).toHaveAttribute(
      'datetime',
      new RegExp(`T${clock}:00`),
      { timeout: 90_000 },
    );
  }

  /** Opens the panel of the first position by key: its row, with the focus before, and what opened. */
  async openFirstPosition(): Promise<{ readonly row: Locator; readonly panel: Locator }> {
    const row = this.positions.locator('tr[data-nav-row]').first();
    await row.focus();
    await this.page.keyboard.press('Enter');
    return { row, panel: this.page.getByRole('dialog') };
  }

  stateTile(state: string): Locator {
    return this.page
      .getByRole('group', { name: 'Accounts by state' })
      .getByRole('button', { name: new RegExp(`^${state} `) });
  }

  async countIn(state: string): Promise<number> {
    return Number(/\d+/.exec((await this.stateTile(state).textContent()) ?? '')?.[0]);
  }

  /** Rows of the desk that exist in the document, headings left out. */
  get deskRows(): Locator {
    return this.desk.getByRole('row').filter({ has: this.page.getByRole('gridcell') });
  }

  /** Figures under a heading of the desk, in the order of the rows as they stand on screen. */
  async deskColumn(heading: string): Promise<readonly string[]> {
    const headings = await this.desk.getByRole('columnheader').allTextContents();
    const column = headings.indexOf(heading) + 1;
    return this.deskRows.evaluateAll(
      (rows, place) =>
        rows
          .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
          .map((row) => row.children[place - 1]?.textContent ?? ''),
      column,
    );
  }

  async choosesTheme(theme: 'light' | 'dark'): Promise<void> {
    await this.page.addInitScript(
      (chosen) => localStorage.setItem('plimsoll-theme', chosen),
      theme,
    );
  }
}
