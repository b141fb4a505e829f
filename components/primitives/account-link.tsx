/** The id of an account, which leads to its page on the desk. Pressed within 24 px, 44 under a finger, in the room of its line. */
import Link from 'next/link';
import { classNames } from './class-names.ts';

export function AccountLink({
  accountId,
  className,
}: {
  readonly accountId: string;
  readonly className?: string;
}) {
  return (
    <Link
      className={classNames(
        '-my-0.5 inline-block py-0.5 font-mono underline-offset-2 hover:underline pointer-coarse:-my-3 pointer-coarse:py-3',
        className,
      )}
      href={`/desk/account?id=${encodeURIComponent(accountId)}`}
      prefetch={false}
    >
      {accountId}
    </Link>
  );
}
