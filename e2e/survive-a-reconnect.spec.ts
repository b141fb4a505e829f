/** The wire breaks, goes silent, loses a message; the server is killed. The page says so, doubts its figures, and comes back whole. */
import { type Locator, type Page } from '@playwright/test';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

interface Wire {
  /** Ends the connection and refuses new ones. */
  readonly cut: () => Promise<void>;
  readonly mend: () => void;
  /** Keeps the connection and lets nothing through that the server says. */
  readonly hush: (isSilent: boolean) => void;
  /** Loses the next message that carries an account's facts; resolves when that has happened. */
  readonly loseNextFacts: () => Promise<void>;
}

/** Stands between page and server. */
async function interceptWire(page: Page): Promise<Wire> {
  let isCut = false;
  let isSilent = false;
  let lost: (() => void) | undefined;
  const closers = new Set<() => Promise<void>>();
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (isCut) return void socket.close();
    const server = socket.connectToServer();
    closers.add(() => socket.close());
    server.onMessage((message) => {
      if (isSilent) return;
      if (lost !== undefined && message.toString().startsWith('42["account"')) {
        lost();
        lost = undefined;
        return;
      }
      socket.send(message);
    });
  });
  return {
    async cut() {
      isCut = true;
      await Promise.all([...closers].map((close) => close()));
      closers.clear();
    },
    mend() {
      isCut = false;
    },
    hush(silent) {
      isSilent = silent;
    },
    loseNextFacts: () =>
      new Promise((resolve) => {
        lost = resolve;
      }),
  };
}

test('[UX6] a cut wire is told, figures are doubted, and the return brings a proven snapshot', async ({
  page,
  plimsoll,
  complaints,
}) => {
  complaints.expect(/WebSocket/);
  const wire = await interceptWire(page);
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url);
  await expect(screen.agreement).toHaveText('agree');
  await wire.cut();
  await expect(screen.connection).toHaveText('offline');
  await expect(page.getByText('Connection lost', { exact: true })).toBeVisible();
  await expect(
    page.getByText(/Last update \d\d:\d\d:\d\d UTC, .* ago\. Figures may be wrong\./),
  ).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'Connection lost' })).toBeAttached();
  await expect(page).toHaveTitle(/^\? Offline/);
  await expect(screen.pool.locator('[data-state]')).toHaveAttribute('data-state', 'unknown');
  const doubted = await screen.account
    .locator('[data-figure]')
    .first()
    .evaluate((figure) => getComputedStyle(figure).backgroundImage);
  expect(doubted, 'figures are hatched').toContain('gradient');

  wire.mend();
  await page.getByRole('button', { name: 'Retry now' }).click();
  await screen.untilLive();
  await expect(page.getByText('Connection lost', { exact: true })).toBeHidden();
  await expect(screen.agreement).toHaveText('agree');
  await expect(screen.pool.locator('[data-state]')).not.toHaveAttribute('data-state', 'unknown');
  const plain = await screen.account
    .locator('[data-figure]')
    .first()
    .evaluate((figure) => getComputedStyle(figure).backgroundImage);
  expect(plain).toBe('none');
});

test('a server that says nothing is not taken for one that is well', async ({ page, plimsoll }) => {
  const wire = await interceptWire(page);
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/desk');
  await expect(screen.deskRows.first()).toContainText('A0');
  wire.hush(true);
  await expect(page.getByText('The server is silent')).toBeVisible();
  await expect(screen.connection).toHaveText('silent');
  await expect(screen.deskRows.first().locator('[data-state]')).toHaveAttribute(
    'data-state',
    'unknown',
  );
  wire.hush(false);
  await expect(screen.connection).toHaveText('live');
  await expect(screen.deskRows.first().locator('[data-state]')).not.toHaveAttribute(
    'data-state',
    'unknown',
  );
});

test('a lost message is noticed: the page fetches the facts anew and agrees again', async ({
  page,
  startServer,
  secondViewer,
}) => {
  const { url } = await startServer({ SEED: 'gap' });
  const wire = await interceptWire(page);
  const screen = new PlimsollPage(page);
  const other = new PlimsollPage(await secondViewer());
  await other.open(url, '/alerts');
  const unanswered = other.alerts
    .filter({ has: other.page.getByRole('button', { name: 'Acknowledge' }) })
    .first();
  await expect(unanswered).toBeVisible();
  await other.pause();
  const account = (await unanswered.getByRole('link').first().textContent()) ?? '';
  await screen.open(url, `/?account=${account}`);
  await expect(screen.agreement).toHaveText('agree');

  // The answer changes the account's facts; the message that tells so is lost on the way.
  const lost = wire.loseNextFacts();
  await answer(other, unanswered, account, 'first');
  await lost;
  await other.button('Play').click();
  await expect(page.getByText('ack Ines: first').filter({ visible: true }).first()).toBeVisible();
  await expect.poll(() => digestOf(screen)).not.toBe('');
  const before = await digestOf(screen);
  await expect.poll(() => digestOf(screen), 'a newer state was compared').not.toBe(before);
  await expect(screen.agreement).toHaveText('agree');
});

async function answer(
  viewer: PlimsollPage,
  card: Locator,
  account: string,
  note: string,
): Promise<void> {
  await card.getByRole('button', { name: 'Acknowledge' }).click();
  await viewer.page.getByRole('textbox', { name: 'Your name' }).fill('Ines');
  await viewer.page.getByRole('textbox', { name: 'Note' }).fill(note);
  await viewer.page.getByRole('button', { name: `Acknowledge ${account}` }).click();
}

async function digestOf(screen: PlimsollPage): Promise<string> {
  return /digest (\w+)/.exec((await screen.agreement.getAttribute('title')) ?? '')?.[1] ?? '';
}

test('a killed server goes on where it was, and nothing that was seen is lost', async ({
  page,
  startServer,
  complaints,
}) => {
  complaints.expect(/WebSocket|ERR_CONNECTION/);
  const server = await startServer({ SPEED: '300' });
  const screen = new PlimsollPage(page);
  await screen.open(server.url, '/liquidations');
  await expect(screen.liquidations.filter({ hasText: 'Liquidated' })).not.toHaveCount(0, {
    timeout: 90_000,
  });
  const seenAt = await screen.runTime();
  const seen = await momentsAndAccounts(screen);

  await server.crash();
  await expect(page.getByText('Connection lost', { exact: true })).toBeVisible();
  await page.getByRole('navigation', { name: 'Pages', exact: true }).getByText('Desk').click();
  await expect(page.getByText('Desk opens when the connection is back.').first()).toBeVisible();
  await expect(page).toHaveURL(/\/liquidations$/);
  await expect(page.getByRole('heading', { name: 'Liquidations' }).first()).toBeVisible();
  await server.restart();
  await expect(page, 'the press is remembered').toHaveURL(/\/desk$/);
  await screen.open(server.url, '/liquidations');
  await screen.untilLive();
  await expect
    .poll(() => screen.runTime(), 'the run goes on, it does not begin again')
    .toBeGreaterThanOrEqual(seenAt);
  await expect.poll(async () => missing(seen, await momentsAndAccounts(screen))).toEqual([]);
  await page.reload();
  await screen.untilLive();
  await expect.poll(async () => missing(seen, await momentsAndAccounts(screen))).toEqual([]);
  await expect(screen.agreement).toHaveText('agree');
});

async function momentsAndAccounts(screen: PlimsollPage): Promise<readonly string[]> {
  return screen.liquidations
    .filter({ hasText: 'Liquidated' })
    .evaluateAll((cards) =>
      cards.map(
        (card) => `${card.querySelector('time')?.dateTime} ${card.querySelector('a')?.textContent}`,
      ),
    );
}

function missing(seen: readonly string[], now: readonly string[]): readonly string[] {
  return seen.filter((one) => !now.includes(one));
}
