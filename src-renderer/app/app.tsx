import { useEffect, useLayoutEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { setVolume } from '#renderer/playback';
import { DatasetScreen } from '#renderer/screens/dataset';
import { ExportDialog } from '#renderer/screens/export';
import { GrooveScreen } from '#renderer/screens/groove';
import { KitScreen } from '#renderer/screens/kit';
import { ExportKitDialog, ImportKitDialog } from '#renderer/screens/kit-files';
import { LibraryScreen } from '#renderer/screens/library';
import { MidiDialog } from '#renderer/screens/midi';
import { SettingsScreen } from '#renderer/screens/settings';
import { SlicesScreen } from '#renderer/screens/slices';
import { type Screen, startStudio, useView } from '#renderer/state';
import { applyTheme, Message } from '#renderer/ui';
import { useAppCommands } from './app-commands';
import { HelpSheet } from './help-sheet';
import { Palette } from './palette';
import { Rail } from './rail';
import { TitleBar } from './title-bar';
import { Toasts } from './toasts';
import { TransportBar } from './transport-bar';
import { useMidiDrop } from './use-midi-drop';

const SHOWN: Readonly<Record<Screen, () => React.ReactNode>> = {
  library: LibraryScreen,
  slices: SlicesScreen,
  kit: KitScreen,
  groove: GrooveScreen,
  dataset: DatasetScreen,
  settings: SettingsScreen,
};

export function App() {
  const screen = useView(state => state.screen);
  const theme = useView(state => state.theme);
  const volume = useView(state => state.volumeDecibels);
  const isConnected = useView(state => state.isConnected);
  useEffect(startStudio, []);
  useLayoutEffect(() => applyTheme(theme), [theme]);
  useEffect(() => setVolume(volume), [volume]);
  useAppCommands();
  useMidiDrop();
  const Shown = SHOWN[screen];
  return (
    <I18nProvider locale="en-GB">
      <div className="grid h-screen w-screen grid-cols-[var(--rail-w)_minmax(0,1fr)] grid-rows-[var(--title-h)_minmax(0,1fr)_var(--transport-h)]">
        <TitleBar />
        <Rail />
        <main className="relative flex min-h-0 min-w-0 bg-bg-0" data-screen={screen}>
          <Shown />
          {isConnected ? null : (
            <div className="absolute inset-x-0 top-2 z-30 mx-auto w-110 rounded-r3 bg-bg-1 shadow-float">
              <Message tone="bad">
                The studio does not answer. Your work is kept in this window; it is saved as soon as the
                studio is back.
              </Message>
            </div>
          )}
        </main>
        <TransportBar />
      </div>
      <ExportDialog />
      <MidiDialog />
      <ExportKitDialog />
      <ImportKitDialog />
      <HelpSheet />
      <Palette />
      <Toasts />
    </I18nProvider>
  );
}
