import Link from 'next/link';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { PAGES } from '#components/shell/pages.ts';
import { buttonLook } from '#components/primitives/button.tsx';

const pageNames = PAGES.map(({ name }) => name);
const lastName = pageNames.pop();

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
        The pages are {pageNames.join(', ')} and {lastName}.
      </Notice>
    </Panel>
  );
}
