import { CheckBox, Segments } from '#renderer/ui';
import type { Layer } from '#shared/protocol';
import { setExport, useExport } from './export-store';
import type { PlannedFile } from './plan';

const LAYERS: readonly { readonly value: Layer; readonly name: string }[] = [
  { value: 'core', name: 'Core' },
  { value: 'core-accent', name: '+ Accent' },
  { value: 'full', name: 'Full' },
];

/** The kinds of file, with how many each gives. */
export function WhatToWrite({ files }: { readonly files: readonly PlannedFile[] }) {
  const { wav, mp3, stems, midi, layer, sampleRate } = useExport();
  const rate = `${sampleRate / 1000} kHz`;
  const stemCount = files.filter(file => file.role !== null).length;
  return (
    <section
      aria-label="What to write"
      className="flex w-66 shrink-0 flex-col gap-1 border-r border-line p-5"
    >
      <h3 className="mb-1 type-label text-ink-3">What to write</h3>
      <Kind
        name="Mix"
        about={`WAV, ${wav === '32f' ? '32 bit float' : `${wav ?? '24'} bit`}, ${rate}`}
        isOn={wav !== null}
        aside="1 file"
        onChange={isOn => setExport({ wav: isOn ? (wav ?? '24') : null, stems: isOn && stems })}
      />
      <Kind
        name="Mix as MP3"
        about="320 kbit/s, gapless"
        isOn={mp3}
        aside="1 file"
        onChange={isOn => setExport({ mp3: isOn })}
      />
      <Kind
        name="Stems by role"
        about="Sum to the mix exactly"
        isOn={stems}
        aside={stemCount === 1 ? '1 file' : `${stemCount} files`}
        onChange={isOn => setExport({ stems: isOn, ...(isOn && wav === null ? { wav: '24' as const } : {}) })}
      />
      <Kind
        name="MIDI"
        about="Type 1, feel kept"
        isOn={midi}
        aside="1 file"
        onChange={isOn => setExport({ midi: isOn })}
      />
      <h3 className="mt-4 mb-1 type-label text-ink-3">Layer</h3>
      <Segments
        label="Layer to write"
        fill
        value={layer}
        choices={LAYERS}
        onChange={value => setExport({ layer: value })}
      />
    </section>
  );
}

function Kind(props: {
  readonly name: string;
  readonly about: string;
  readonly isOn: boolean;
  readonly aside: string;
  readonly onChange: (isOn: boolean) => void;
}) {
  const { name, about, isOn, aside, onChange } = props;
  return (
    <CheckBox
      isChosen={isOn}
      onChange={onChange}
      className="-mx-2 flex min-h-12 items-center gap-2.5 rounded-r3 px-2 data-[hovered]:bg-bg-2"
    >
      <span className="min-w-0 flex-1">
        <b className="block truncate type-strong">{name}</b>
        <span className="block truncate text-ink-3">{about}</span>
      </span>
      <span className="text-ink-3">{isOn ? aside : 'off'}</span>
    </CheckBox>
  );
}
