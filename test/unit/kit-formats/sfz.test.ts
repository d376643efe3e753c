import { describe, expect, it } from 'vitest';
import { readSfz } from '#shared/kit-formats';

function read(text: string, files: Readonly<Record<string, string>> = {}) {
  const kit = readSfz(text, 'Kit', path => files[path] ?? null);
  if (!kit.ok) throw new Error(kit.failure.problems.join('; '));
  return kit.value;
}

describe('SFZ files as people write them', () => {
  it('inherit from global, master and group, the nearest winning', () => {
    const { document } = read(
      '<global> volume=-3 pan=20\n<master> tune=50\n<group> key=38 volume=-6\n<region> sample=a b.wav hivel=80\n<region> sample=c.wav lovel=81 pan=-10 // loud',
    );
    expect(document.pads).toMatchObject([
      { note: 38, gainDecibels: -6, semitones: 0.5, layers: [{ upTo: 80 }, { upTo: 127 }] },
    ]);
    expect(document.pads[0]?.layers.map(({ takes }) => takes[0]?.sound)).toEqual(['a b.wav', 'c.wav']);
  });

  it('define, include and name notes, with samples below a default path', () => {
    const { document } = read('#define $KEY c2\n#include "kick.inc"', {
      'kick.inc': '<control> default_path=Samples\\\n<region> key=$KEY sample=Kick.wav offset=100 end=199',
    });
    expect(document.pads).toMatchObject([
      { note: 36, layers: [{ takes: [{ sound: 'Samples/Kick.wav#100-200' }] }] },
    ]);
  });

  it('leave out what no stroke sounds, and say so', () => {
    const { document, remarks } = read(
      '<region> key=36 sample=a.wav cutoff=500\n<region> key=36 sample=b.wav trigger=release\n<region> key=46 sample=c.wav locc4=64 hicc4=127\n<region> key=40 sample=*sine',
    );
    expect(document.pads.map(({ note }) => note)).toEqual([36]);
    expect(remarks).toEqual([
      '1 region left out: they sound on release, not on a stroke.',
      '1 region left out: they need a controller moved.',
      '1 region left out: sounds that the player makes itself.',
      'Opcodes that are not followed: cutoff.',
    ]);
  });

  it('choke by whom they name, whichever way round', () => {
    const { document } = read(
      '<region> key=42 sample=closed.wav group=1\n<region> key=46 sample=open.wav group=2 off_by=1\n<region> key=36 sample=kick.wav group=3',
    );
    expect(document.pads.map(({ choke }) => choke)).toEqual([null, '1', '1']);
  });

  it('that sound several at once are pads of one note', () => {
    const { document, remarks } = read('<group> key=38\n<region> sample=close.wav\n<region> sample=room.wav');
    expect(document.pads.map(({ name, note }) => [name, note])).toEqual([
      ['close', 38],
      ['room 2', 38],
    ]);
    expect(remarks).toEqual(['Several sounds at once on note 38: each is a pad of its own here.']);
  });
});
