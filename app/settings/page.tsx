import { SettingsPage } from '#components/settings-page/settings-page.tsx';

export default function Page() {
  return <SettingsPage />;
}
