'use client';
/** The list of keys, made of the same table that the listener reads. */
import { Dialog } from '#components/primitives/dialog.tsx';
import { useSetting } from '#components/settings/use-settings.ts';
import { PAGES } from '../pages.ts';
import { KeyFace } from './key-face.tsx';
import { GO_KEY, KEY_MAP, type KeyRow } from './key-map.ts';

const PLACES: readonly KeyRow['where'][] = [
  'everywhere',
  'tables and lists',
  'alerts',
  'positions',
  'desk',
  'run',
];

export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const singleKeys = useSetting((settings) => settings.singleKeys);
  return (
    <Dialog className="w-[min(46rem,calc(100vw-1rem))]" onClose={onClose} title="Keys">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and holds nothing else that takes the focus */}
      <section aria-label="All keys" className="overflow-y-auto px-4 py-3" tabIndex={0}>
        {singleKeys === 'on' ? null : (
          <p className="mb-3 text-small text-ink-2">
            Single keys are turned off in the settings: only Ctrl K, arrows, Enter and Esc act.
          </p>
        )}
        <div className="gap-x-8 sm:columns-2">
          <Place name="Go to a page">
            {PAGES.map(({ href, key, name }) => (
              <Line does={name} key={href}>
                <KeyFace>{GO_KEY}</KeyFace> <KeyFace>{key}</KeyFace>
              </Line>
            ))}
          </Place>
          {PLACES.map((where) => (
            <Place key={where} name={where}>
              {rowsAt(where).map((row) => (
                <Line does={row.does} key={row.action}>
                  {row.keys.map((key, index) => (
                    <span key={key}>
                      {index === 0 ? null : <span className="text-ink-3"> or </span>}
                      <KeyFace>{key}</KeyFace>
                    </span>
                  ))}
                </Line>
              ))}
            </Place>
          ))}
        </div>
        <p className="mt-2 text-small text-ink-3">
          Cmd stands for Ctrl on a Mac. Keys are inactive while text is being written.
        </p>
      </section>
    </Dialog>
  );
}

function rowsAt(where: KeyRow['where']): readonly KeyRow[] {
  const hasWhatIf = PAGES.some(({ href }) => href === '/what-if');
  return KEY_MAP.filter(
    (row) => row.where === where && row.keys.length > 0 && (row.action !== 'what-if' || hasWhatIf),
  );
}

function Place({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-small font-semibold text-ink-3 first-letter:uppercase">{name}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Line({ does, children }: { readonly does: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line py-1 last:border-b-0">
      <dd className="order-2 text-right whitespace-nowrap">{children}</dd>
      <dt className="text-ink-2">{does}</dt>
    </div>
  );
}
