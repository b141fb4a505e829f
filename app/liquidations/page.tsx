import { LiquidationsPage } from '#components/liquidations/liquidations-page.tsx';

export default function Page() {
  return <LiquidationsPage />;
}
