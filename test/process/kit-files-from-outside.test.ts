import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '#shared/protocol';
import { suiteFolder } from '#test/cli';
import { aStudio, type WatchedStudio } from '#test/worker-studio';

const home = suiteFolder();
let studio: WatchedStudio;

beforeAll(async () => {
  studio = await aStudio(join(home, 'library'), 'suite');
});

const HYDROGEN_KITS = '/usr/share/hydrogen/data/drumkits';
const FONT = '/usr/share/sounds/sf2/TimGM6mb.sf2';

async function imported(path: string, kits: number[] | null = null): Promise<JobView> {
  const { jobIds, refused } = await studio.services.importKit({ paths: [path], kits });
  expect(refused).toEqual([]);
  return studio.jobs.finish(jobIds[0] ?? '');
}

describe('kits that come with Debian', () => {
  it('are all read: every instrument of Hydrogen’s kits that has a sound is a pad', async () => {
    const kits = readdirSync(HYDROGEN_KITS);
    const previews = await Promise.all(
      kits.map(kit => studio.services.previewKitFile(join(HYDROGEN_KITS, kit))),
    );
    expect(previews.map(({ kits: found }) => found.length)).toEqual(kits.map(() => 1));
    for (const preview of previews) {
      const xml = readFileSync(join(HYDROGEN_KITS, basename(preview.path), 'drumkit.xml'), 'utf8');
      const sounding = xml.split('<instrument>').filter(part => /<filename>[^<]/.test(part));
      expect(preview.kits[0]?.pads, preview.name).toBe(sounding.length);
    }
  });

  it('come in with layers, names, notes and what their maker says of their licence', async () => {
    const job = await imported(join(HYDROGEN_KITS, 'GMRockKit'));
    expect(job).toMatchObject({ state: 'done', failure: null, refused: [] });
    const kit = await studio.library.kits.one(job.made.kitId ?? '');
    const kick = kit?.pads.find(({ note }) => note === 36);
    expect(kick).toMatchObject({ name: 'Kick', instrument: 'kick', role: 'CORE' });
    expect(kick?.layers.map(({ upTo }) => upTo)).toEqual([25, 46, 92, 109, 127]);
    expect(kit?.pads.map(({ instrument }) => instrument)).toEqual(
      expect.arrayContaining(['snare', 'rim', 'chh', 'ohh', 'crash', 'ride', 'lt', 'mt', 'ht']),
    );
    const source = (await studio.services.sources()).find(each => each.source.name === 'GMRockKit');
    expect(source?.source).toMatchObject({ licence: 'GPL', author: 'Glen MacArthur / Sebastian Moors' });
  });

  it('as a SoundFont are listed with their presets; the drums come in by choice', async () => {
    const preview = await studio.services.previewKitFile(FONT);
    const drums = preview.kits.filter(({ isDrums }) => isDrums);
    expect(drums.length).toBeGreaterThan(0);
    expect(preview.kits.length).toBeGreaterThan(100);
    const job = await imported(FONT, [drums[0]?.index ?? -1]);
    expect(job).toMatchObject({ state: 'done', failure: null });
    const kit = await studio.library.kits.one(job.made.kitId ?? '');
    const on = (note: number): string | undefined => kit?.pads.find(pad => pad.note === note)?.instrument;
    expect([36, 38, 42, 46, 49].map(on)).toEqual(['kick', 'snare', 'chh', 'ohh', 'crash']);
    const choke = (note: number): string | null | undefined =>
      kit?.pads.find(pad => pad.note === note)?.choke;
    expect(choke(42)).toBe(choke(46));
    expect(choke(42)).not.toBeNull();
    expect(choke(36)).toBeNull();
  });
});

describe('a kit’s file that means harm or is broken', () => {
  const place = (name: string, bytes: Uint8Array | string): string => {
    const path = join(home, name);
    writeFileSync(path, bytes);
    return path;
  };
  const DRUMKIT =
    '<drumkit_info><name>Evil</name><instrumentList><instrument><id>0</id><name>Kick</name><layer><filename>k.wav</filename><min>0</min><max>1</max></layer></instrument></instrumentList></drumkit_info>';

  /** A tar of one file under any name, as no honest program writes it. */
  function tarOf(name: string, content: Buffer, type = '0', link = ''): Buffer {
    const head = Buffer.alloc(512);
    head.write(name, 0, 'latin1');
    head.write('0000644\0', 100);
    head.write('0000000\0', 108);
    head.write('0000000\0', 116);
    head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write('00000000000\0', 136);
    head.write('        ', 148);
    head.write(type, 156);
    head.write(link, 157, 'latin1');
    head.write('ustar\u000000', 257, 'latin1');
    head.write(
      `${head
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    const rest = Buffer.alloc((512 - (content.length % 512)) % 512);
    return Buffer.concat([head, content, rest, Buffer.alloc(1024)]);
  }

  const refusal = async (path: string): Promise<string> => {
    const job = await imported(path);
    expect(job.state).toBe('failed');
    expect((await studio.library.kits.all()).some(({ name }) => name === 'Evil')).toBe(false);
    return job.failure?.code === 'badFile' ? job.failure.problems.join('; ') : (job.failure?.code ?? '');
  };

  it('may not climb out of its archive', async () => {
    const text = Buffer.from(DRUMKIT);
    expect(await refusal(place('up.h2drumkit', gzipSync(tarOf('../../up/drumkit.xml', text))))).toMatch(
      /outside/,
    );
    expect(await refusal(place('root.h2drumkit', gzipSync(tarOf('/tmp/drumkit.xml', text))))).toMatch(
      /outside/,
    );
    expect(existsSync(join(home, '..', 'up'))).toBe(false);
  });

  it('may not hold links', async () => {
    const folder = join(home, 'linked');
    mkdirSync(folder);
    writeFileSync(join(folder, 'drumkit.xml'), DRUMKIT);
    symlinkSync('/etc/hostname', join(folder, 'k.wav'));
    const file = join(home, 'linked.h2drumkit');
    await create({ file, cwd: home, gzip: true }, ['linked']);
    expect(await refusal(file)).toMatch(/link/);
  });

  it('may not unpack to more than any kit is', async () => {
    const bomb = tarOf('Evil/drumkit.xml', Buffer.alloc(40_000_000));
    expect(await refusal(place('bomb.h2drumkit', gzipSync(bomb, { level: 9 })))).not.toBe('');
  });

  it('is told from a kit by what it holds', async () => {
    expect(
      await refusal(
        place('cut.h2drumkit', gzipSync(tarOf('Evil/drumkit.xml', Buffer.from(DRUMKIT))).subarray(0, 60)),
      ),
    ).toMatch(/damaged|drumkit/);
    expect(
      await refusal(place('none.h2drumkit', gzipSync(tarOf('Evil/readme.txt', Buffer.from('no'))))),
    ).toMatch(/no drumkit\.xml/);
    expect(await refusal(place('entity.xml', `<!DOCTYPE a [<!ENTITY b "bbbb">]>${DRUMKIT}`))).toMatch(
      /entities/,
    );
    expect(await refusal(place('cut.sf2', readFileSync(FONT).subarray(0, 4000)))).toMatch(/ends at/);
    expect(await refusal(place('circle.sfz', '#include "circle.sfz"\n<region> sample=a.wav'))).toMatch(
      /include each other/,
    );
    expect(await refusal(place('absolute.sfz', '<region> key=36 sample=/etc/hostname'))).toBe('notFound');
    expect(await refusal(place('kit.json', '{"version": 1}'))).toMatch(/format/);
  });

  it('that lists what is no audio is refused by its sounds', async () => {
    const folder = join(home, 'text');
    mkdirSync(folder);
    writeFileSync(join(folder, 'k.wav'), 'this is no audio');
    writeFileSync(join(folder, 'text.sfz'), '<region> key=36 sample=k.wav');
    expect(await refusal(join(folder, 'text.sfz'))).toBe('notAudio');
  });
});
