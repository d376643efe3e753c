import type { Role } from '#shared/model';

const MINUS = '\u2212';
/** A narrow no-break space parts thousands: "48 000". */
const THIN = '\u202f';

/** "−3", "+12.5", "0": a signed number with a true minus sign. Rounds before it chooses the sign. */
export function signed(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? MINUS : '+'}${text}`;
}

/** A number with a true minus sign and no plus. */
export function plain(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}

/** "1 480": whole numbers in groups of three. */
export const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, THIN);

/** ".71", "1.00": a confidence 0..1. */
export const confidence = (value: number): string => {
  const text = value.toFixed(2);
  return text.startsWith('0') ? text.slice(1) : text;
};

/** Below this a guess is shown as doubtful. */
export const DOUBTFUL_BELOW = 0.75;

export const percent = (fraction: number): string => `${Math.round(fraction * 100)} %`;

/** "3:42": minutes and seconds, cut, never rounded up. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** "0:01.532": minutes, seconds and milliseconds. */
export function preciseClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds * 1000));
  return `${clock(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}`;
}

/** "96 ms" below a second, "1.84 s" above. */
export const duration = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;

/** "6.6 MB", "3 kB": decimal units, as file managers show. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** "1 hit", "4 hits". */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${grouped(value)} ${value === 1 ? one : many}`;

/** "12 ms late", "4 ms early", "on the grid". */
export function lateness(milliseconds: number): string {
  const rounded = Math.round(milliseconds * 10) / 10;
  if (rounded === 0) return 'on the grid';
  return `${Math.abs(rounded)} ms ${rounded > 0 ? 'late' : 'early'}`;
}

/** The name of a role's colour token, for CSS and for canvases. */
export const roleToken = (role: Role): string => `--role-${role.toLowerCase()}`;

export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
