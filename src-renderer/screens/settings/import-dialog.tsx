import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Button, CheckBox, Dialog, Fact, fileSize, Message } from '#renderer/ui';
import type { ModelInspection } from '#shared/protocol';
import { endModelImport, importAccepted, useModelImport } from './model-import';
import { knownLine } from './model-words';

/** What a model is, and its licence: read and accepted before anything is imported. */
export function ImportDialog() {
  const now = useModelImport(state => state.now);
  if (now.step !== 'licence') return null;
  return <LicenceDialog key={now.inspection.id} paths={now.paths} inspection={now.inspection} />;
}

interface LicenceDialogProps {
  readonly paths: readonly string[];
  readonly inspection: ModelInspection;
}

function LicenceDialog({ paths, inspection }: LicenceDialogProps) {
  const { parts, contract, stems, origin, licence, notice, id, known } = inspection;
  const fileName = parts[0]?.name ?? '';
  const [name, setName] = useState(fileName.replace(/\.onnx$/i, ''));
  const [isAccepted, setAccepted] = useState(false);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const isReady = isAccepted && name.trim() !== '';
  const submit = (): void => {
    if (isReady) void importAccepted(paths, name.trim());
  };
  return (
    <Dialog
      title="Import a model"
      aside={fileName}
      isOpen
      onClose={endModelImport}
      className="w-130"
      footer={
        <>
          <span className="flex-1" />
          <Button onPress={endModelImport}>Cancel</Button>
          <Button look="primary" isDisabled={!isReady} onPress={submit}>
            Import {fileSize(bytes)}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 p-5"
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField value={name} onChange={setName} maxLength={120} isRequired className="flex flex-col gap-1">
          <Label className="type-label text-ink-3">Name</Label>
          <Input className="h-7 rounded-r2 border border-line-2 bg-bg-0 px-2 focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-focus" />
        </TextField>
        <dl>
          <Fact name="Kind">
            {inspection.kind === 'beat' ? 'Hears beats' : `Separates, contract ${contract}`}
          </Fact>
          {stems.length === 0 ? null : <Fact name="Stems">{stems.join(', ')}</Fact>}
          <Fact name="From">{origin}</Fact>
          <Fact name="Size">
            {fileSize(bytes)}
            {parts.length > 1 ? ` in ${parts.length} files` : ''}
          </Fact>
          <Fact name="SHA-256">
            <span className="type-mono">{id.slice(0, 16)}</span>
          </Fact>
        </dl>
        {known?.verdict === 'differs' ? (
          <Message tone="warn">{knownLine(inspection)}: it is damaged, or somebody has changed it.</Message>
        ) : (
          <p className="text-ink-2">{knownLine(inspection)}.</p>
        )}
        <section aria-label="Licence">
          <h3 className="mb-2 type-strong">Licence: {licence}</h3>
          <div className="rounded-r3 border border-line bg-bg-0 px-4 py-3.5 text-ink-2 select-text">
            <p>{notice}</p>
          </div>
        </section>
        <CheckBox isChosen={isAccepted} onChange={setAccepted} className="flex items-start gap-2">
          I have read this, and my use of the model is allowed.
        </CheckBox>
      </form>
    </Dialog>
  );
}
