import { AudioLines, Database, Grid2x2, Grip, Keyboard, LibraryBig, Settings2, Share } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Button } from 'react-aria-components';
import { openScreen, type Screen, useView } from '#renderer/state';
import { classNames } from '#renderer/ui';

const PLACES: readonly { readonly screen: Screen; readonly name: string; readonly icon: LucideIcon }[] = [
  { screen: 'library', name: 'Library', icon: LibraryBig },
  { screen: 'slices', name: 'Slices', icon: AudioLines },
  { screen: 'kit', name: 'Kit', icon: Grid2x2 },
  { screen: 'groove', name: 'Groove', icon: Grip },
];

/** The way between the screens, in the order of the work. */
export function Rail() {
  const screen = useView(state => state.screen);
  const isExportOpen = useView(state => state.isExportOpen);
  return (
    <nav aria-label="Screens" className="flex flex-col gap-0.5 border-r border-line bg-bg-1 py-2">
      {PLACES.map(place => (
        <RailButton
          key={place.screen}
          name={place.name}
          icon={place.icon}
          isOn={screen === place.screen && !isExportOpen}
          onPress={() => openScreen(place.screen)}
        />
      ))}
      <RailButton
        name="Export"
        icon={Share}
        isOn={isExportOpen}
        onPress={() => useView.setState({ isExportOpen: true })}
      />
      <RailButton
        name="Dataset"
        icon={Database}
        isOn={screen === 'dataset' && !isExportOpen}
        onPress={() => openScreen('dataset')}
      />
      <span className="flex-1" />
      <RailButton
        name="Keys"
        icon={Keyboard}
        isOn={false}
        onPress={() => useView.setState({ isHelpOpen: true })}
      />
      <RailButton
        name="Settings"
        icon={Settings2}
        isOn={screen === 'settings' && !isExportOpen}
        onPress={() => openScreen('settings')}
      />
    </nav>
  );
}

function RailButton(props: {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly isOn: boolean;
  readonly onPress: () => void;
}) {
  const { name, icon: Icon, isOn, onPress } = props;
  return (
    <Button
      onPress={onPress}
      {...(isOn ? { 'aria-current': 'page' as const } : {})}
      className={classNames(
        'focus-ring relative mx-1 flex h-12.5 flex-col items-center justify-center gap-0.75 rounded-r3 [font:500_11px/14px_var(--font-ui)]',
        isOn
          ? "bg-bg-2 text-ink-1 before:absolute before:top-3.5 before:bottom-3.5 before:-left-1 before:w-0.5 before:rounded-full before:bg-ink-1 before:content-['']"
          : 'text-ink-3 data-[hovered]:text-ink-1',
      )}
    >
      <Icon size={18} strokeWidth={1.4} aria-hidden="true" />
      {name}
    </Button>
  );
}
