import type { Pattern } from '#shared/model';
import type { Lane } from '#renderer/state';
import { MenuAt } from '#renderer/ui';
import { BarDialog } from './bar-dialog';
import { barMenu } from './bar-menu';
import { closeGrooveDialog, useGrooveDialog } from './groove-dialogs';
import { hitMenu } from './groove-menus';
import { chosenHits } from './meaning';
import { RowDialog } from './row-dialog';
import { SelectDialog } from './select-dialog';
import { VelocityDialog } from './velocity-dialog';

/** The dialog or the menu that is open over the editor. */
export function GrooveOverlays({
  pattern,
  lanes,
}: {
  readonly pattern: Pattern;
  readonly lanes: readonly Lane[];
}) {
  const open = useGrooveDialog(state => state.open);
  switch (open?.kind) {
    case 'select':
      return <SelectDialog pattern={pattern} lanes={lanes} />;
    case 'velocities':
      return <VelocityDialog pattern={pattern} lanes={lanes} />;
    case 'bars':
      return <BarDialog pattern={pattern} range={open.range} />;
    case 'row': {
      const lane = lanes.find(one => one.key === open.lane);
      return lane ? <RowDialog pattern={pattern} lane={lane} lanes={lanes} /> : null;
    }
    case 'hit-menu':
      return (
        <MenuAt
          label="Hits"
          {...open.place}
          parts={() => hitMenu(chosenHits(pattern), lanes)}
          onClose={closeGrooveDialog}
        />
      );
    case 'bar-menu':
      return (
        <MenuAt
          label="Bars"
          {...open.place}
          parts={() => barMenu(pattern, open.range)}
          onClose={closeGrooveDialog}
        />
      );
    default:
      return null;
  }
}
