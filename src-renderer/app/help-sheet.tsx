import { COMMANDS, useView } from '#renderer/state';
import { Dialog, Keys } from '#renderer/ui';

const GROUPS = [...new Set(COMMANDS.map(command => command.group))];

/** Every shortcut, from the registry that the keys themselves go through. */
export function HelpSheet() {
  const isOpen = useView(state => state.isHelpOpen);
  return (
    <Dialog
      title="Keys"
      aside="Tab moves between regions, F6 between panels, arrows inside them"
      isOpen={isOpen}
      onClose={() => useView.setState({ isHelpOpen: false })}
      isText
      className="w-240"
    >
      <div className="columns-3 gap-8 p-5">
        {GROUPS.map(group => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 type-label text-ink-3">{group}</h3>
            <dl>
              {COMMANDS.filter(command => command.group === group).map(command => (
                <div key={command.id} className="flex min-h-6 items-center justify-between gap-3">
                  <dt className="truncate">{command.name}</dt>
                  <dd>
                    <Keys keys={command.keys[0]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section className="mb-5 break-inside-avoid">
          <h3 className="mb-1.5 type-label text-ink-3">Mouse on the grid</h3>
          <p className="text-ink-2">
            Click an empty cell to put a hit, a hit to select it; double-click a hit to take it away. Drag a
            hit by steps and across rows, with Alt in true time, with Shift and Alt by tenths of a
            millisecond. Shift-click adds to the selection; drag over empty cells to select. The right button
            opens the menu of hits, and on the ruler that of a bar. A row’s name opens its grid and length. A
            drag along the ruler’s upper edge, or with Shift anywhere on it, loops those bars; a click on that
            edge loops all of them.
          </p>
        </section>
      </div>
    </Dialog>
  );
}
