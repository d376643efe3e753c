import { openLibrary } from '#main/library';
import {
  INSTRUMENTS,
  type Kit,
  type LaneSetting,
  type Note,
  type Pattern,
  ROLES_IN_ORDER,
} from '#shared/model';
import { ticks, ticksOfMilliseconds } from '#shared/units';
import { Random } from '#shared/base';
import { aNote, aPattern, meter } from './pattern';
import { type RunningHost, startDemoHost } from './web-host';

/** The demo's host with one more groove, made for its kit, which the window opens at once. */
export async function startGrooveHost(
  name: string,
  make: (kit: Kit) => Pattern,
  view: Readonly<Record<string, unknown>> = {},
): Promise<RunningHost> {
  const host = await startDemoHost();
  const opened = await openLibrary(host.home);
  if (!opened.ok) throw new Error('the library does not open');
  const library = opened.value;
  const [kit] = await library.kits.all();
  if (!kit) throw new Error('the demo has no kit');
  const stored = { id: name, name, kitId: kit.id, trackId: null, pattern: make(kit) };
  await library.write(async at => {
    await at.patterns.put(stored, '2026-01-01T00:00:00.000Z');
    await at.settings.put('view', { screen: 'groove', patternId: stored.id, kitId: kit.id, ...view });
  });
  await library.close();
  return host;
}

/** `rows` rows of the kit's and of other instruments, in `bars` bars of 4/4 at 120 BPM with a hit of its own feel on every sixteenth. */
export function fullGroove(kit: Kit, bars: number, rows: number): Pattern {
  const keys = new Set(kit.pads.map(({ role, instrument }) => `${role} ${instrument}`));
  for (const role of ROLES_IN_ORDER) for (const instrument of INSTRUMENTS) keys.add(`${role} ${instrument}`);
  const all = ROLES_IN_ORDER.flatMap(role => INSTRUMENTS.map(instrument => ({ role, instrument })));
  const lanes = [...keys]
    .slice(0, rows)
    .flatMap(key => all.find(one => `${one.role} ${one.instrument}` === key) ?? []);
  const random = Random.ofSeed(1);
  const notes: Note[] = lanes.flatMap(({ role, instrument }, row) =>
    Array.from({ length: bars * 16 }, (_, step) => {
      const chance = random.fork('full', row, step);
      return aNote(instrument, step, {
        role,
        velocity: chance.between(20, 127) / 127,
        feel: ticksOfMilliseconds(chance.between(-18, 18), 120),
        hit: null,
      });
    }),
  );
  return aPattern(notes, { bars: Array.from({ length: bars }, () => meter(4, 4)) });
}

/**
 * Everything that a grid can show: 4/4 and 3+2+2/8, swing, a row of triplets, one of mixed divisions, one that is twelve sixteenths long,
 * ornaments, ratchets, chances, ghosts and muted hits; at 120 BPM.
 */
export function oddGroove(): Pattern {
  const at = (tick: number): Pick<Note, 'at'> => ({ at: ticks(tick) });
  const feel = (milliseconds: number): Pick<Note, 'feel'> => ({
    feel: ticksOfMilliseconds(milliseconds, 120),
  });
  const lane = (
    role: LaneSetting['role'],
    instrument: LaneSetting['instrument'],
    grid: LaneSetting['grid'],
    length: number | null = null,
  ): LaneSetting => ({ role, instrument, grid, length: length === null ? null : ticks(length) });
  return aPattern(
    [
      ...[0, 7, 10, 16, 24].map(step => aNote('kick', step, { ...feel(-3), velocity: 0.9 })),
      aNote('snare', 4, { ...feel(14), velocity: 0.93 }),
      aNote('snare', 7, { ...feel(5), velocity: 0.25 }),
      aNote('snare', 12, { ...feel(11), velocity: 0.93, ornament: 'flam' }),
      aNote('snare', 15, { velocity: 0.7, ratchet: 3 }),
      aNote('snare', 20, { ...feel(7), velocity: 96 / 127 }),
      aNote('snare', 26, { ...feel(7), velocity: 0.8, ornament: 'drag' }),
      aNote('rim', 6, { probability: 0.6, velocity: 0.6 }),
      aNote('rim', 22, { probability: 0.25, velocity: 0.8, ...feel(-12) }),
      ...Array.from({ length: 12 }, (_, step) =>
        aNote('chh', 0, { ...at(step * 320), velocity: step % 3 === 0 ? 0.8 : 0.5 }),
      ),
      aNote('chh', 0, { ...at(3840), velocity: 0.8 }),
      aNote('ohh', 14, { ...feel(5) }),
      ...[0, 4, 8, 12].map(step => aNote('ride', step, { muted: true, velocity: 0.5 })),
      ...[0, 480, 640, 800, 960, 1920, 2040].map(tick => aNote('lt', 0, { ...at(tick), velocity: 0.7 })),
      aNote('mt', 0, { ...at(1517), velocity: 0.7 }),
      ...[0, 2, 3, 6, 10].map(step =>
        aNote('perc', step, { ...feel(step - 3), velocity: 0.3 + (step % 4) / 6 }),
      ),
      aNote('perc', 13),
    ],
    {
      bars: [meter(4, 4), { numerator: 7, denominator: 8, groups: [3, 2, 2] }, meter(4, 4)],
      swing: { percent: 58, base: '16th' },
      lanes: [
        lane('MOTION', 'chh', ['8T']),
        lane('FILL', 'lt', ['16', '16T', '32', '8']),
        lane('TEXTURE', 'perc', ['16'], 12 * 240),
      ],
    },
  );
}
