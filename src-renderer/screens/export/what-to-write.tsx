import { Lock } from 'lucide-react';
import { CheckBox, count } from '#renderer/ui';
import { LAYERS, type Layer, type NamelessFile } from '#shared/protocol';
import { setOptions, useExport } from './export-store';
import type { PlannedFile } from './plan';

const LAYER_NAMES: Readonly<Record<Layer, string>> = {
  core: 'Core',
  'core-accent': 'Core + Accent',
  full: 'Full',
};

const MIDI_NOTES = {
  '0': 'One track',
  '1': 'A track per role',
  'by-role': 'A file per role',
} as const;

/** The kinds of file, with how many each gives, and the layers that are written. */
export function WhatToWrite({ files }: { readonly files: readonly PlannedFile[] }) {
  const { options } = useExport();
  const { mix, mp3Copy, stems, midi, layers, format, bits, kilobits, sampleRate, midiType } = options;
  const depth =
    format === 'mp3'
      ? `${kilobits} kbit/s`
      : bits === '32f' && format === 'wav'
        ? '32 bit float'
        : `${bits === '16' ? 16 : 24} bit`;
  const filesOfKind = (kind: NamelessFile['kind']): string =>
    count(files.filter(file => file.kind === kind).length, 'file');
  const isCopy = mp3Copy && !(mix && format === 'mp3');
  return (
    <section
      aria-label="What to write"
      className="flex w-66 shrink-0 flex-col gap-1 overflow-y-auto border-r border-line p-5"
    >
      <h3 className="mb-1 type-label text-ink-3">What to write</h3>
      <Kind
        name="Mix"
        about={`${format.toUpperCase()}, ${depth}, ${sampleRate / 1000} kHz`}
        isOn={mix}
        aside={filesOfKind('mix')}
        onChange={isOn => setOptions({ mix: isOn })}
      />
      <Kind
        name="Stems by role"
        about={
          stems === 'dry'
            ? 'Before the master'
            : format === 'mp3'
              ? 'One file a role'
              : 'Sum to the mix exactly'
        }
        isOn={stems !== 'none'}
        aside={filesOfKind('stem')}
        onChange={isOn => setOptions({ stems: isOn ? 'mixed' : 'none' })}
      />
      <Kind
        name="Mix as MP3"
        about={mix && format === 'mp3' ? 'The mix is one already' : `${kilobits} kbit/s, gapless`}
        isOn={isCopy}
        aside={filesOfKind('mp3')}
        onChange={isOn => setOptions({ mp3Copy: isOn })}
      />
      <Kind
        name="MIDI"
        about={`${MIDI_NOTES[midiType]}, 960 PPQ`}
        isOn={midi}
        aside={filesOfKind('midi')}
        onChange={isOn => setOptions({ midi: isOn })}
      />
      <div className="-mx-2 flex min-h-12 items-center gap-2.5 px-2">
        <Lock size={14} strokeWidth={1.4} aria-hidden="true" className="shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1">
          <b className="block truncate type-strong">Licences</b>
          <span className="block truncate text-ink-3">Of every hit, always</span>
        </span>
        <span className="text-ink-3">{filesOfKind('licences')}</span>
      </div>
      <h3 className="mt-4 mb-1 type-label text-ink-3">Layers</h3>
      <div role="group" aria-label="Layers to write" className="flex flex-col">
        {LAYERS.map(layer => (
          <CheckBox
            key={layer}
            isChosen={layers.includes(layer)}
            onChange={isOn => setLayer(layers, layer, isOn)}
            className="-mx-2 flex h-7 items-center gap-2.5 rounded-r3 px-2 data-[hovered]:bg-bg-2"
          >
            {LAYER_NAMES[layer]}
          </CheckBox>
        ))}
      </div>
    </section>
  );
}

/** One at least stays. */
function setLayer(layers: readonly Layer[], layer: Layer, isOn: boolean): void {
  const next = LAYERS.filter(each => (each === layer ? isOn : layers.includes(each)));
  if (next.length > 0) setOptions({ layers: next });
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
