'use client';
/** Records who has seen an alert, with a note. The state stays; repeats stop until it gets worse (ux.md 4). */
import { useState, type FormEvent } from 'react';
import { useSession, useTrust } from '#components/live/live-provider.tsx';
import { Button, buttonLook } from '#components/primitives/button.tsx';
import { PopButton } from '#components/primitives/pop-button.tsx';

interface AcknowledgeProps {
  readonly accountId: string;
  readonly poolId: string;
}

const FIELD =
  'mt-1 w-full rounded-control border border-line bg-panel px-2 py-1 placeholder:text-ink-3 text-base text-ink focus-visible:outline-offset-0';

export function AcknowledgeButton({ accountId, poolId }: AcknowledgeProps) {
  const trust = useTrust();
  return (
    <PopButton
      className={buttonLook({ size: 'small' })}
      disabled={trust !== 'live'}
      panel={(close) => <AcknowledgeForm accountId={accountId} onDone={close} poolId={poolId} />}
      panelClassName="w-72 p-3"
      panelLabel={`Acknowledge the alert of ${accountId}`}
    >
      Acknowledge
    </PopButton>
  );
}

const NAME_KEY = 'plimsoll-name';

function AcknowledgeForm({
  accountId,
  poolId,
  onDone,
}: AcknowledgeProps & { readonly onDone: () => void }) {
  const session = useSession();
  const [by, setBy] = useState(() => localStorage.getItem(NAME_KEY) ?? '');
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<string>();

  async function acknowledge(event: FormEvent): Promise<void> {
    event.preventDefault();
    localStorage.setItem(NAME_KEY, by);
    const answer = await session?.acknowledge({ accountId, poolId, by, note });
    if (answer?.ok === true) onDone();
    else setRefusal(answer?.message ?? 'The page is not connected');
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void acknowledge(event)}>
      <label className="text-small text-ink-3">
        Your name
        <input
          className={FIELD}
          maxLength={80}
          onChange={(event) => setBy(event.target.value)}
          required
          value={by}
        />
      </label>
      <label className="text-small text-ink-3">
        Note
        <input
          className={FIELD}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          placeholder="What was done"
          value={note}
        />
      </label>
      {refusal === undefined ? null : (
        <p className="text-small font-medium" role="alert">
          {refusal}
        </p>
      )}
      <Button tone="strong" type="submit">
        Acknowledge {accountId}
      </Button>
    </form>
  );
}
