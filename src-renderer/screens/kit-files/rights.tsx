import { TextArea, TextField } from 'react-aria-components';
import { setKitExport, useKitExport } from '#renderer/state';

const MOST = 2000;

/** What the user says of their rights: it goes into LICENSES.json as it is. */
export function Rights() {
  const statement = useKitExport(state => state.statement);
  return (
    <TextField
      aria-label="Your rights in your own recordings"
      value={statement}
      maxLength={MOST}
      onChange={value => setKitExport({ statement: value })}
      className="flex flex-col gap-1"
    >
      <span className="type-label text-ink-3">Your rights in your own recordings</span>
      <TextArea
        rows={2}
        placeholder="Said in LICENSES.json beside the source of every hit"
        className="focus-ring w-full resize-none rounded-r2 border border-line-2 bg-bg-0 px-2 py-1.5 placeholder:text-ink-3"
      />
    </TextField>
  );
}
