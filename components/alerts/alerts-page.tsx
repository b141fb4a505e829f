'use client';
import { Inbox } from './inbox.tsx';

export function AlertsPage() {
  return <Inbox />;
}
