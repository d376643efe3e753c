import { create } from 'zustand';
import { studio } from '#renderer/bridge';
import { attempt } from './notices';

export const SCREENS = ['library', 'slices', 'kit', 'groove', 'dataset', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];
export type Theme = 'dark' | 'light';
/** How much longer than true time the offset bars of the grid are drawn. */
export type OffsetScale = '1' | '2' | '4';
/** What the colour and the size of a point on the map of sounds say. */
export type MapColour = 'role' | 'instrument';
export type MapSize = 'loudness' | 'length' | 'none';
/** What lies between the list of hits and the kit, and below that. */
export type KitMiddle = 'map' | 'neighbours';
export type KitBelow = 'nearest' | 'about' | 'twins';

/** What the user looks at; kept in the studio's settings, so it survives a reload. */
export interface View {
  readonly screen: Screen;
  readonly trackId: string | null;
  readonly kitId: string | null;
  readonly patternId: string | null;
  /** The chain of grooves that is open. */
  readonly songId: string | null;
  readonly theme: Theme;
  readonly offsetScale: OffsetScale;
  /** Width of a step on the grid, in px. */
  readonly stepWidth: number;
  /** What a row of the grid is. */
  readonly rows: 'instruments' | 'roles';
  /** What the lane under the grid shows. */
  readonly underGrid: 'velocity' | 'chance';
  /** The mixer lies there instead. */
  readonly isMixerOpen: boolean;
  /** Whether the song's parts lie above the grid. */
  readonly isSongOpen: boolean;
  /** How far quantising takes hits to their lines. */
  readonly quantisePercent: number;
  readonly isLooping: boolean;
  readonly volumeDecibels: number;
  readonly hasMetronome: boolean;
  readonly metronomeDecibels: number;
  /** Bars that are counted before a pattern begins: 0, 1 or 2. */
  readonly countInBars: number;
  /** Whether the rest of the song plays under the groove. */
  readonly hasSong: boolean;
  readonly songDecibels: number;
  readonly mapColour: MapColour;
  readonly mapSize: MapSize;
  readonly kitMiddle: KitMiddle;
  readonly kitBelow: KitBelow;
  /** Whether the part below is shown, and the list beside. */
  readonly isBelowOpen: boolean;
  readonly isHitListOpen: boolean;
  readonly areAspectsOpen: boolean;
}

export type SettingsPage = 'models' | 'midi';

interface ViewState extends View {
  readonly settingsPage: SettingsPage;
  readonly isConnected: boolean;
  readonly isExportOpen: boolean;
  /** Whether it writes the song rather than the groove. */
  readonly isExportOfSong: boolean;
  readonly isHelpOpen: boolean;
  readonly isPaletteOpen: boolean;
}

const FIRST_VIEW: View = {
  screen: 'library',
  trackId: null,
  kitId: null,
  patternId: null,
  songId: null,
  theme: 'dark',
  offsetScale: '4',
  stepWidth: 27,
  rows: 'instruments',
  underGrid: 'velocity',
  isMixerOpen: false,
  isSongOpen: false,
  quantisePercent: 100,
  isLooping: true,
  volumeDecibels: 0,
  hasMetronome: false,
  metronomeDecibels: 0,
  countInBars: 0,
  hasSong: false,
  songDecibels: 0,
  mapColour: 'role',
  mapSize: 'loudness',
  kitMiddle: 'map',
  kitBelow: 'nearest',
  isBelowOpen: true,
  isHitListOpen: true,
  areAspectsOpen: false,
};

export const useView = create<ViewState>(() => ({
  ...FIRST_VIEW,
  settingsPage: 'models',
  isConnected: true,
  isExportOpen: false,
  isExportOfSong: false,
  isHelpOpen: false,
  isPaletteOpen: false,
}));

const SETTING = 'view';
const KEPT = Object.keys(FIRST_VIEW) as readonly (keyof View)[];
const SAVE_AFTER_MS = 400;
let saving: ReturnType<typeof setTimeout> | undefined;

const keptPart = (state: ViewState): View =>
  Object.fromEntries(KEPT.map(key => [key, state[key]])) as unknown as View;

/** Changes what is kept, and keeps it: at once, then again when a movement of many changes has come to rest. */
export function setView(change: Partial<View>): void {
  useView.setState(change);
  if (saving === undefined) keepView();
  else clearTimeout(saving);
  saving = setTimeout(() => {
    saving = undefined;
    keepView();
  }, SAVE_AFTER_MS);
}

let kept: string | undefined;

function keepView(): void {
  const value = keptPart(useView.getState());
  const text = JSON.stringify(value);
  if (text === kept) return;
  kept = text;
  void attempt('Keeping the view', () => studio.saveSetting.mutate({ name: SETTING, value }));
}

export function openSettings(settingsPage: SettingsPage): void {
  useView.setState({ settingsPage });
  setView({ screen: 'settings' });
}

export const openScreen = (screen: Screen): void => setView({ screen });

/** What was kept, as far as it still has the right shape. */
export async function restoreView(): Promise<void> {
  const settings = await studio.settings.query();
  const kept = settings[SETTING];
  if (typeof kept !== 'object' || kept === null) return;
  const entries = Object.entries(kept).filter(([key, value]) => {
    const first: unknown = FIRST_VIEW[key as keyof View];
    return (
      KEPT.includes(key as keyof View) && (typeof value === typeof first || first === null || value === null)
    );
  });
  useView.setState(Object.fromEntries(entries));
  if (!SCREENS.includes(useView.getState().screen)) useView.setState({ screen: 'library' });
}
