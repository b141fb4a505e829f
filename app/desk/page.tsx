import { DeskPage } from '#components/desk/desk-page.tsx';

export default function Page() {
  return <DeskPage />;
}
