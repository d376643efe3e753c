import type { Role } from '#shared/model';
import { classNames } from './class-names';
import { confidence, DOUBTFUL_BELOW } from './words';

export const ROLE_TEXT: Readonly<Record<Role, string>> = {
  CORE: 'text-role-core',
  ACCENT: 'text-role-accent',
  MOTION: 'text-role-motion',
  FILL: 'text-role-fill',
  TEXTURE: 'text-role-texture',
};

/** The shape repeats the hue wherever the hue appears: square, triangle, circle, diamond, bars. */
export const ROLE_SHAPES: Readonly<Record<Role, string>> = {
  CORE: 'M1 1h7v7H1z',
  ACCENT: 'M4.5 .8 8.6 8H.4z',
  MOTION: 'M4.5 .75a3.75 3.75 0 1 1 0 7.5a3.75 3.75 0 0 1 0-7.5z',
  FILL: 'M4.5 .2 8.8 4.5 4.5 8.8 .2 4.5z',
  TEXTURE: 'M.5 1h8v1.5h-8zM.5 3.75h8v1.5h-8zM.5 6.5h8V8h-8z',
};

export function RoleGlyph({ role, size = 9 }: { readonly role: Role; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 9 9" aria-hidden="true" className={ROLE_TEXT[role]}>
      <path d={ROLE_SHAPES[role]} fill="currentColor" />
    </svg>
  );
}

interface ChipProps {
  readonly role: Role;
  readonly name: string;
  /** Machine's confidence 0..1; undefined when there is none to show. */
  readonly sure?: number | undefined;
  readonly chosen?: boolean;
}

export function RoleChip({ role, name, sure, chosen = false }: ChipProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 shrink-0 items-center gap-1.25 rounded-r2 bg-bg-2 px-1.75 type-label whitespace-nowrap text-ink-1',
        chosen && 'shadow-[inset_0_0_0_1px_var(--ink-1)]',
      )}
    >
      <RoleGlyph role={role} />
      {name}
      {sure === undefined ? null : <Sure value={sure} />}
    </span>
  );
}

/** A confidence; amber where the guess that it stands beside is doubtful. */
export function Sure({ value, isGuess = true }: { readonly value: number; readonly isGuess?: boolean }) {
  const isDoubtful = isGuess && value < DOUBTFUL_BELOW;
  return (
    <span className={classNames('font-normal', isDoubtful ? 'text-warn' : 'text-ink-3')}>
      {confidence(value)}
    </span>
  );
}
