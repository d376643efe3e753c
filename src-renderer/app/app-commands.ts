import {
  drumsOfSelectedTrack,
  loopSelection,
  openKitExport,
  openKitImport,
  openMidiImport,
  openScreen,
  redoChange,
  redoHearing,
  redoKit,
  redoMarks,
  saveHearingNow,
  saveKitNow,
  type Screen,
  saveNow,
  setView,
  songOfPattern,
  stopPattern,
  toggleCountIn,
  undoChange,
  undoHearing,
  undoKit,
  undoMarks,
  useCommands,
  useView,
} from '#renderer/state';
import { useTransport } from './use-transport';

/** What a panel is about: its grid or list, if it has one. */
const MAIN_STOP = '[role="gridcell"][tabindex="0"], [role="grid"][tabindex="0"], [data-pad][tabindex="0"]';
const ANY_STOP = '[tabindex="0"], button:not([disabled]), input:not([disabled])';

/** Panels say `data-panel`; F6 goes from one to the next. */
function focusNextPanel(): void {
  const panels = [...document.querySelectorAll<HTMLElement>('nav, [data-panel]')];
  const at = panels.findIndex(panel => panel.contains(document.activeElement));
  for (let offset = 1; offset <= panels.length; offset++) {
    const panel = panels[(at + offset + panels.length) % panels.length];
    const target =
      panel?.querySelector<HTMLElement>(MAIN_STOP) ?? panel?.querySelector<HTMLElement>(ANY_STOP);
    if (!target) continue;
    target.focus();
    return;
  }
}

export function useAppCommands(): void {
  const { toggle } = useTransport();
  const isOn = (screen: Screen): boolean => useView.getState().screen === screen;
  useCommands(
    {
      play: toggle,
      stop: stopPattern,
      loop: () => setView({ isLooping: !useView.getState().isLooping }),
      'loop-selection': loopSelection,
      metronome: () => setView({ hasMetronome: !useView.getState().hasMetronome }),
      'count-in': toggleCountIn,
      'song-under': () => setView({ hasSong: songOfPattern() !== null && !useView.getState().hasSong }),
      undo: () => (isOn('kit') ? undoMarks() || undoKit() : isOn('slices') ? undoHearing() : undoChange()),
      redo: () => (isOn('kit') ? redoMarks() || redoKit() : isOn('slices') ? redoHearing() : redoChange()),
      save: () => {
        void saveNow();
        void saveKitNow();
        void saveHearingNow();
      },
      export: () => (isOn('kit') ? void openKitExport() : useView.setState({ isExportOpen: true })),
      'import-kit': () => void openKitImport(),
      'import-midi': () => void openMidiImport(),
      palette: () => useView.setState({ isPaletteOpen: true }),
      help: () => useView.setState({ isHelpOpen: true }),
      library: () => openScreen('library'),
      slices: () => openScreen('slices'),
      kit: () => openScreen('kit'),
      groove: () => openScreen('groove'),
      dataset: () => openScreen('dataset'),
      settings: () => openScreen('settings'),
      'drums-to-pattern': () => drumsOfSelectedTrack('typical'),
      'drums-to-pattern-whole': () => drumsOfSelectedTrack('whole'),
      'next-panel': focusNextPanel,
      theme: () => setView({ theme: useView.getState().theme === 'dark' ? 'light' : 'dark' }),
    },
    'rest',
  );
}
