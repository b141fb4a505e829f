'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useChosenAccount } from '../chosen-account.ts';

/** The account whose page stands: the desk's own, else the chosen one. */
export function useReadAccount(): string | undefined {
  const { accountId } = useChosenAccount();
  const onDeskAccount = usePathname() === '/desk/account';
  const deskId = useSearchParams().get('id') ?? undefined;
  return onDeskAccount ? deskId : accountId;
}
