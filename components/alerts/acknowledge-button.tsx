'use client';
/** Records who has seen an alert, with a note. The state stays; repeats stop until it gets worse (ux.md 4). */
import { useState, type FormEvent } from 'react';
import { useSession, useTrust } from '#components/live/live-provider.tsx';
import { Button, buttonLook } from '#components/primitives/button.tsx';
import { PopButton } from '#components/primitives/pop-button.tsx';
import { type Answer } from '#lib/wire/protocol.ts';
import { FormField, Refusal } from './form-field.tsx';
import { keepReaderName, NAME_CHARACTERS_MAX, readerName } from './reader-name.ts';

interface PoolOfAccount {
  readonly accountId: string;
  readonly poolId: string;
}

export function AcknowledgeButton({ accountId, poolId }: PoolOfAccount) {
  const trust = useTrust();
  const session = useSession();
  return (
    <PopButton
      className={buttonLook({ size: 'small' })}
      data-key-action="acknowledge"
      disabled={trust !== 'live'}
      panel={(close) => (
        <AnswerForm
          deed={`Acknowledge ${accountId}`}
          onDone={close}
          send={(by, note) => session?.acknowledge({ accountId, poolId, by, note })}
          withNote
        />
      )}
      panelClassName="w-72 p-3"
      panelLabel={`Acknowledge the alert of ${accountId}`}
    >
      Acknowledge
    </PopButton>
  );
}

/** Takes an acknowledgement back: the alert asks again. */
export function UndoButton({ accountId, poolId }: PoolOfAccount) {
  const trust = useTrust();
  const session = useSession();
  return (
    <PopButton
      className={buttonLook({ size: 'small', tone: 'bare' })}
      data-key-action="undo"
      disabled={trust !== 'live'}
      panel={(close) => (
        <AnswerForm
          deed={`Undo for ${accountId}`}
          onDone={close}
          send={(by) => session?.undoAcknowledge({ accountId, poolId, by })}
        />
      )}
      panelClassName="w-72 p-3"
      panelLabel={`Undo the acknowledgement of ${accountId}`}
    >
      Undo
    </PopButton>
  );
}

interface AnswerFormProps {
  /** What the button does. */
  readonly deed: string;
  readonly withNote?: boolean;
  readonly send: (by: string, note: string) => Promise<Answer> | undefined;
  readonly onDone: () => void;
}

const NOTE_CHARACTERS_MAX = 500;

function AnswerForm({ deed, withNote = false, send, onDone }: AnswerFormProps) {
  const [by, setBy] = useState(readerName);
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<string>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    keepReaderName(by);
    const answer = await send(by, note);
    if (answer?.ok === true) onDone();
    else setRefusal(answer?.message ?? 'The page is not connected');
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <FormField
        label="Your name"
        maxLength={NAME_CHARACTERS_MAX}
        onChange={(event) => setBy(event.target.value)}
        required
        value={by}
      />
      {withNote ? (
        <FormField
          label="Note"
          maxLength={NOTE_CHARACTERS_MAX}
          onChange={(event) => setNote(event.target.value)}
          placeholder="What was done"
          value={note}
        />
      ) : null}
      <Refusal text={refusal} />
      <Button tone="strong" type="submit">
        {deed}
      </Button>
    </form>
  );
}
