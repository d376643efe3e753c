import { useState } from 'react';
import type { Kit } from '#shared/model';
import { setChokeGroup } from '#renderer/state';
import { Button, CheckBox, Dialog, RoleGlyph, Segments } from '#renderer/ui';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/** "H, hats": a group as it is spoken of. */
export const chokeName = (group: string): string => (group === 'hat' ? 'H, hats' : group);

interface ChokeGroupsProps {
  readonly kit: Kit;
  /** The group that is shown first. */
  readonly first: string | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Which pads silence each other: a pad is in one group at most. */
export function ChokeGroups({ kit, first, isOpen, onClose }: ChokeGroupsProps) {
  const hasHats = kit.pads.some(({ choke }) => choke === 'hat');
  const nameOf = (letter: string): string => (letter === 'H' && hasHats ? 'hat' : letter);
  const [letter, setLetter] = useState(first === 'hat' ? 'H' : (first ?? 'A'));
  const shown = LETTERS.includes(letter) ? letter : 'A';
  const group = nameOf(shown);
  const members = new Set(kit.pads.filter(({ choke }) => choke === group).map(({ id }) => id));
  const toggle = (padId: string, isIn: boolean): void => {
    const next = new Set(members);
    if (isIn) next.add(padId);
    else next.delete(padId);
    setChokeGroup(group, next);
  };
  return (
    <Dialog
      title="Choke groups"
      aside="pads of one group silence each other"
      isOpen={isOpen}
      onClose={onClose}
      className="w-130"
      footer={
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <Segments
          label="Group"
          value={shown}
          choices={LETTERS.map(one => {
            const size = kit.pads.filter(({ choke }) => choke === nameOf(one)).length;
            return { value: one, name: size > 0 ? `${one} ${size}` : one };
          })}
          onChange={setLetter}
          fill
        />
        <div role="group" aria-label={`Pads of group ${shown}`} className="grid grid-cols-2 gap-x-4 gap-y-2">
          {kit.pads.map(pad => (
            <CheckBox key={pad.id} isChosen={members.has(pad.id)} onChange={isIn => toggle(pad.id, isIn)}>
              <RoleGlyph role={pad.role} />
              <span className="truncate">{pad.name}</span>
              {pad.choke !== null && pad.choke !== group ? (
                <span className="text-ink-3">now {chokeName(pad.choke)}</span>
              ) : null}
            </CheckBox>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
