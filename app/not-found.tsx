import Link from 'next/link';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { buttonLook } from '#components/primitives/button.tsx';

export default function NotFoundPage() {
  return (
    <Panel title="No such page">
      <Notice
        action={
          <Link className={buttonLook()} href="/">
            Overview
          </Link>
        }
        head="There is nothing at this address"
      >
        The pages are Overview, Desk, Alerts and Liquidations.
      </Notice>
    </Panel>
  );
}
