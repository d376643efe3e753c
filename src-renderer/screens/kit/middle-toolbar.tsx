import { Lasso, Minus, PanelLeftClose, PanelLeftOpen, Plus } from 'lucide-react';
import { keysOf, runCommand, setView, useView } from '#renderer/state';
import { Button, IconButton, Picker, Segments } from '#renderer/ui';

const VIEWS = [
  { value: 'map', name: 'Map' },
  { value: 'neighbours', name: 'Neighbours' },
] as const;
const COLOURS = [
  { value: 'role', name: 'Role' },
  { value: 'instrument', name: 'Instrument' },
] as const;
const SIZES = [
  { value: 'loudness', name: 'Loudness' },
  { value: 'length', name: 'Length' },
  { value: 'none', name: 'One size' },
] as const;

interface MiddleToolbarProps {
  readonly isLassoing: boolean;
  readonly onLassoing: (isOn: boolean) => void;
}

/** What the middle shows, and how. */
export function MiddleToolbar({ isLassoing, onLassoing }: MiddleToolbarProps) {
  const { kitMiddle, mapColour, mapSize, isHitListOpen } = useView();
  const isMap = kitMiddle === 'map';
  return (
    <div
      role="toolbar"
      aria-label="Map"
      className="flex h-11 shrink-0 items-center gap-2 overflow-hidden border-b border-line bg-bg-1 px-3 whitespace-nowrap"
    >
      <IconButton
        label={isHitListOpen ? 'Hide the list' : 'Show the list'}
        on={!isHitListOpen}
        onPress={() => setView({ isHitListOpen: !isHitListOpen })}
      >
        {isHitListOpen ? (
          <PanelLeftClose size={15} strokeWidth={1.4} aria-hidden="true" />
        ) : (
          <PanelLeftOpen size={15} strokeWidth={1.4} aria-hidden="true" />
        )}
      </IconButton>
      <Segments
        label="Middle"
        value={kitMiddle}
        choices={VIEWS}
        onChange={value => setView({ kitMiddle: value })}
      />
      {isMap ? (
        <>
          <span className="ml-1 hidden text-ink-3 min-[1600px]:inline">Colour</span>
          <span className="hidden wide:inline">
            <Segments
              label="Colour by"
              value={mapColour}
              choices={COLOURS}
              onChange={value => setView({ mapColour: value })}
            />
          </span>
          <span className="wide:hidden">
            <Picker
              label="Colour"
              value={mapColour}
              choices={COLOURS}
              onChange={value => setView({ mapColour: value })}
              className="w-24 shrink-0"
            />
          </span>
          <span className="ml-1 hidden text-ink-3 min-[1600px]:inline">Size</span>
          <Picker
            label="Size by"
            value={mapSize}
            choices={SIZES}
            onChange={value => setView({ mapSize: value })}
            className="w-24 shrink-0"
          />
          <span className="flex-1" />
          <IconButton
            label="Encircle hits, as Shift and drag does"
            on={isLassoing}
            onPress={() => onLassoing(!isLassoing)}
          >
            <Lasso size={15} strokeWidth={1.4} aria-hidden="true" />
          </IconButton>
          <span className="hidden gap-2 wide:flex">
            <IconButton label="Zoom in" keys={keysOf('map-in')} onPress={() => runCommand('map-in')}>
              <Plus size={15} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
            <IconButton label="Zoom out" keys={keysOf('map-out')} onPress={() => runCommand('map-out')}>
              <Minus size={15} strokeWidth={1.4} aria-hidden="true" />
            </IconButton>
          </span>
          <Button look="ghost" onPress={() => runCommand('map-fit')}>
            Fit
          </Button>
        </>
      ) : null}
    </div>
  );
}
