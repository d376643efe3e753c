import { TriangleAlert } from 'lucide-react';
import { type DrumMap, drumOfNote, INSTRUMENT_FACTS, isNamed } from '#shared/model';
import type { MidiPreview } from '#shared/protocol';
import { classNames, RoleGlyph } from '#renderer/ui';

/** "second-edge" as words. */
const spoken = (articulation: string): string => articulation.replaceAll('-', ' ');

/** What each note number of a file becomes by a map. */
export function NoteTable({
  numbers,
  map,
}: {
  readonly numbers: MidiPreview['numbers'];
  readonly map: DrumMap;
}) {
  return (
    <table className="w-full border-collapse">
      <thead>
        <tr className="h-7 border-b border-line text-left type-label text-ink-3">
          <th scope="col" className="w-16 pr-3 text-right font-normal">
            Note
          </th>
          <th scope="col" className="w-20 pr-4 text-right font-normal">
            Strokes
          </th>
          <th scope="col" className="font-normal">
            Becomes
          </th>
          <th scope="col" className="font-normal">
            In {map.name}
          </th>
        </tr>
      </thead>
      <tbody>
        {numbers.map(({ note, count }) => {
          const { instrument, articulation } = drumOfNote(map, note);
          const known = isNamed(map, note);
          const { name, role } = INSTRUMENT_FACTS[instrument];
          return (
            <tr key={note} className="h-7 border-b border-line last:border-0">
              <td className="pr-3 text-right type-mono">{note}</td>
              <td className="pr-4 text-right type-mono text-ink-3">{count}</td>
              <td className="pr-3">
                <span className="flex items-center gap-2">
                  <RoleGlyph role={role} />
                  {name}
                  {known && articulation !== null ? (
                    <span className="text-ink-3">{spoken(articulation)}</span>
                  ) : null}
                </span>
              </td>
              <td className={classNames('truncate', known ? 'text-ink-3' : 'text-warn')}>
                {known ? (
                  (map.notes.find(each => each.note === note)?.name ?? '')
                ) : (
                  <span className="flex items-center gap-1.5">
                    <TriangleAlert size={14} strokeWidth={1.4} aria-hidden="true" />
                    not named; keeps its number
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
