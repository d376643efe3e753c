import { useEffect } from 'react';
import { DRUM_MAPS } from '#shared/model';
import { loadDrumMaps, useMidiFiles } from '#renderer/state';
import { Picker, Segments } from '#renderer/ui';
import { setOptions, useExport } from './export-store';
import { Line } from './line';

const TYPES = [
  { value: '1', name: '1' },
  { value: '0', name: '0' },
  { value: 'by-role', name: 'File per role' },
] as const;
const TYPE_NOTES = {
  '1': 'conductor and one track per role',
  '0': 'everything in one track',
  'by-role': 'each with the tempo map',
} as const;
const FEELS = [
  { value: 'kept', name: 'Keep' },
  { value: 'on-grid', name: 'On the grid' },
] as const;
const FEEL_NOTES = { kept: 'offsets kept to half a tick', 'on-grid': 'offsets and swing taken out' } as const;

/** How MIDI files are laid out, and which note numbers play which drum. */
export function MidiLines() {
  const { midiType, midiFeel, midiMap } = useExport().options;
  // The user's own come after those that come with Backbeat, once they were read.
  const maps = useMidiFiles(state => state.maps?.maps ?? DRUM_MAPS);
  useEffect(() => void loadDrumMaps(), []);
  const map = maps.find(({ id }) => id === midiMap) ?? maps[0];
  return (
    <>
      <Line name="Type" about={TYPE_NOTES[midiType]}>
        <Segments
          label="MIDI type"
          value={midiType}
          choices={TYPES}
          onChange={value => setOptions({ midiType: value })}
        />
      </Line>
      <Line name="Feel" about={FEEL_NOTES[midiFeel]}>
        <Segments
          label="Feel"
          value={midiFeel}
          choices={FEELS}
          onChange={value => setOptions({ midiFeel: value })}
        />
      </Line>
      <Line name="Map" about={map?.source ? `source: ${map.source.document}` : ''}>
        <Picker
          label="Drum map"
          value={map?.id ?? null}
          choices={maps.map(({ id, name }) => ({ value: id, name }))}
          onChange={value => setOptions({ midiMap: value })}
          className="w-44 shrink-0"
        />
      </Line>
    </>
  );
}
