import {
  type Bus,
  type Compressor,
  type Mix,
  PLAIN_BUS,
  PLAIN_MIX,
  type Role,
  ROLE_NAMES,
  ROLES_IN_ORDER,
} from '#shared/model';
import { plain, signed } from '#renderer/ui';

/** What a bus or the master becomes, and how the undo step is called. */
export interface MixChange {
  readonly label: string;
  readonly mix: Mix;
  /** What it goes on with when it comes again at once; each setting is a gesture of its own. */
  readonly gesture: string;
}

/** What a new compressor is set to: gentle glue. */
export const USUAL_COMPRESSOR: Compressor = {
  thresholdDecibels: -18,
  ratio: 2,
  attackMilliseconds: 20,
  releaseMilliseconds: 150,
  makeupDecibels: 0,
};
export const USUAL_CEILING = -1;

export const busOf = (mix: Mix, role: Role): Bus => mix.buses[role] ?? PLAIN_BUS;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** `mix` with another bus; a plain one is left out, so that a mix taken back is the one it was. */
function withBus(mix: Mix, role: Role, bus: Bus): Mix {
  const buses = ROLES_IN_ORDER.flatMap(other => {
    const one = other === role ? bus : mix.buses[other];
    return one && !isSame(one, PLAIN_BUS) ? [[other, one] as const] : [];
  });
  return { ...mix, buses: Object.fromEntries(buses) };
}

type Setting = 'gainDecibels' | 'pan' | 'drive' | keyof Bus['equaliser'];

/** "L 30", "R 30", "centre". */
export const panWords = (pan: number): string => {
  const percent = Math.round(Math.abs(pan) * 100);
  return percent === 0 ? 'centre' : `${percent} % ${pan < 0 ? 'left' : 'right'}`;
};

export const hertzWords = (hertz: number): string =>
  hertz < 1000 ? `${Math.round(hertz)} Hz` : `${plain(hertz / 1000, 1)} kHz`;

const SAID: Readonly<Record<Setting, (value: number) => string>> = {
  gainDecibels: value => `${signed(value, 1)} dB`,
  pan: value => `pan ${panWords(value)}`,
  drive: value => `drive ${Math.round(value * 100)} %`,
  low: value => `low shelf ${signed(value, 1)} dB`,
  mid: value => `mid ${signed(value, 1)} dB`,
  midHertz: value => `mid at ${hertzWords(value)}`,
  high: value => `high shelf ${signed(value, 1)} dB`,
};

const isOfBus = (setting: Setting): setting is 'gainDecibels' | 'pan' | 'drive' =>
  setting === 'gainDecibels' || setting === 'pan' || setting === 'drive';

/** Sets one or more numbers of a bus; the first names the step. */
export function setBus(mix: Mix, role: Role, values: readonly (readonly [Setting, number])[]): MixChange {
  let bus = busOf(mix, role);
  for (const [setting, value] of values) {
    bus = isOfBus(setting)
      ? { ...bus, [setting]: value }
      : { ...bus, equaliser: { ...bus.equaliser, [setting]: value } };
  }
  const said = values.map(([setting, value]) => SAID[setting](value)).join(', ');
  return {
    label: `${ROLE_NAMES[role]} bus ${said}`,
    mix: withBus(mix, role, bus),
    gesture: `mix ${role} ${values.map(([setting]) => setting).join(' ')}`,
  };
}

export function switchBus(mix: Mix, role: Role, which: 'muted' | 'soloed'): MixChange {
  const bus = busOf(mix, role);
  const next = { ...bus, [which]: !bus[which] };
  const verb = which === 'muted' ? (next.muted ? 'Mute' : 'Unmute') : next.soloed ? 'Solo' : 'Unsolo';
  return {
    label: `${verb} the ${ROLE_NAMES[role]} bus`,
    mix: withBus(mix, role, next),
    gesture: `mix ${role} ${which} ${String(next[which])}`,
  };
}

export const resetMix = (): MixChange => ({ label: 'Reset the mix', mix: PLAIN_MIX, gesture: 'mix reset' });

const COMPRESSOR_SAID: Readonly<Record<keyof Compressor, (value: number) => string>> = {
  thresholdDecibels: value => `threshold ${plain(value, 1)} dB`,
  ratio: value => `ratio ${plain(value, 1)} to 1`,
  attackMilliseconds: value => `attack ${plain(value, 1)} ms`,
  releaseMilliseconds: value => `release ${plain(value)} ms`,
  makeupDecibels: value => `make-up ${signed(value, 1)} dB`,
};

const withMaster = (mix: Mix, master: Partial<Mix['master']>): Mix => ({
  ...mix,
  master: { ...mix.master, ...master },
});

export function setCompressor(mix: Mix, setting: keyof Compressor, value: number): MixChange {
  const compressor = { ...(mix.master.compressor ?? USUAL_COMPRESSOR), [setting]: value };
  return {
    label: `Compressor ${COMPRESSOR_SAID[setting](value)}`,
    mix: withMaster(mix, { compressor }),
    gesture: `mix compressor ${setting}`,
  };
}

export const switchCompressor = (mix: Mix, isOn: boolean): MixChange => ({
  label: isOn ? 'Compressor on' : 'Compressor off',
  mix: withMaster(mix, { compressor: isOn ? USUAL_COMPRESSOR : null }),
  gesture: `mix compressor ${String(isOn)}`,
});

/** Sets the ceiling of the limiter in dBTP; null takes the limiter away. */
export const setCeiling = (mix: Mix, ceilingDecibels: number | null): MixChange => ({
  label: ceilingDecibels === null ? 'Limiter off' : `Limiter at ${plain(ceilingDecibels, 1)} dBTP`,
  mix: withMaster(mix, { ceilingDecibels }),
  gesture: `mix ceiling ${String(ceilingDecibels === null)}`,
});

export const setMasterGain = (mix: Mix, gainDecibels: number): MixChange => ({
  label: `Master ${signed(gainDecibels, 1)} dB`,
  mix: withMaster(mix, { gainDecibels }),
  gesture: 'mix master gain',
});
