'use client';
/** Everything that can be done or gone to, found by typing (ux.md 11). A text field with a list that its arrows walk over. */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '#components/primitives/dialog.tsx';
import { KeyFace } from '../keyboard/key-face.tsx';
import { matching, type Command } from './commands.ts';
import { useCommands } from './use-commands.ts';

interface CommandMenuProps {
  /** What had the focus: it gets it back before a command runs. */
  readonly opener: Element | null;
  readonly onClose: () => void;
}

export function CommandMenu({ opener, onClose }: CommandMenuProps) {
  const row = opener?.closest<HTMLElement>('[data-nav-row]') ?? undefined;
  const commands = useCommands(row);
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const chosen = useRef<Command>(undefined);
  const listId = useId();
  const shown = matching(commands, text);
  const current = shown[Math.min(index, shown.length - 1)];
  const choose = (command: Command | undefined): void => {
    if (command === undefined) return;
    chosen.current = command;
    onClose();
  };
  function pressed(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') choose(current);
    if (step !== undefined && shown.length > 0)
      setIndex((Math.min(index, shown.length - 1) + step + shown.length) % shown.length);
    if (step !== undefined || event.key === 'Enter') event.preventDefault();
  }
  return (
    <Dialog
      onClose={onClose}
      onClosed={() => {
        if (opener instanceof HTMLElement) opener.focus();
        chosen.current?.run();
      }}
      title="Command menu"
      titleHidden
    >
      <input
        aria-activedescendant={current === undefined ? undefined : optionId(listId, current)}
        aria-autocomplete="list"
        aria-controls={listId}
        aria-expanded
        aria-label="Find a page, account, symbol, action or setting"
        className="h-12 w-full shrink-0 border-b border-line bg-transparent px-4 text-lead placeholder:text-ink-3 focus-visible:outline-none"
        onChange={(event) => {
          setText(event.target.value);
          setIndex(0);
        }}
        onKeyDown={pressed}
        placeholder="Page, account, symbol, action or setting"
        role="combobox"
        value={text}
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a datalist draws neither groups nor keys */}
      <div aria-label="Commands" className="overflow-y-auto p-1.5" id={listId} role="listbox">
        {shown.map((command, place) => (
          <div key={command.id}>
            {shown[place - 1]?.group === command.group ? null : (
              <p aria-hidden className="px-2 pt-2 pb-1 text-small text-ink-3">
                {command.group}
              </p>
            )}
            <Option
              command={command}
              id={optionId(listId, command)}
              isCurrent={command === current}
              onChoose={() => choose(command)}
              onPoint={() => setIndex(place)}
            />
          </div>
        ))}
        {shown.length === 0 ? (
          <p className="px-2 py-6 text-center text-small text-ink-3">Nothing matches “{text}”</p>
        ) : null}
      </div>
    </Dialog>
  );
}

function optionId(listId: string, { group, id }: Command): string {
  return `${listId}-${group}-${id}`.replaceAll(/\s+/g, '-');
}

interface OptionProps {
  readonly command: Command;
  readonly id: string;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
}

/** The field keeps the focus: an option is pointed at, never focused. */
function Option({ command, id, isCurrent, onChoose, onPoint }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys act on the field that controls the list
    <div
      aria-selected={isCurrent}
      className="flex h-8 cursor-pointer items-center justify-between gap-3 rounded-control px-2 text-ink-2 aria-selected:bg-hover aria-selected:text-ink pointer-coarse:h-11"
      id={id}
      onClick={onChoose}
      onPointerMove={isCurrent ? undefined : onPoint}
      ref={isCurrent ? keepInSight : undefined}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option tag stands in a select only
      role="option"
      tabIndex={-1}
    >
      <span className="truncate">{command.name}</span>
      <span className="flex shrink-0 gap-1">
        {command.keys?.map((key) => (
          <KeyFace key={key}>{key}</KeyFace>
        ))}
      </span>
    </div>
  );
}

function keepInSight(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
