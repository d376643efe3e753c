import { ROLE_NAMES, ROLES_IN_ORDER } from '#shared/model';
import type { MapColour } from '#renderer/state';
import { RoleGlyph } from '#renderer/ui';
import { FAMILIES } from './point-scene';

/** What the colours of the map say. */
export function MapLegend({ colourBy }: { readonly colourBy: MapColour }) {
  return (
    <ul
      aria-label="Colours of the map"
      className="pointer-events-none absolute bottom-2 left-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-r2 bg-[color-mix(in_srgb,var(--bg-0)_78%,transparent)] py-1 pr-2 type-label text-ink-2"
    >
      {colourBy === 'role'
        ? ROLES_IN_ORDER.map(role => (
            <li key={role} className="flex items-center gap-1.5">
              <RoleGlyph role={role} />
              {ROLE_NAMES[role]}
            </li>
          ))
        : FAMILIES.map(({ name, token }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span className="size-2 rounded-full" style={{ backgroundColor: `var(${token})` }} />
              {name}
            </li>
          ))}
    </ul>
  );
}
