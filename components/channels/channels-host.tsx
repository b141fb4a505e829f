'use client';
import dynamic from 'next/dynamic';

/** Stands in the shell; what it holds comes when the page is already drawn. */
export const ChannelsHost = dynamic(
  () => import('./channels.tsx').then((module) => module.Channels),
  { ssr: false },
);
