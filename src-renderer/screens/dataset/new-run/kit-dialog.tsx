import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { studioPort } from '#renderer/bridge';
import { Button, fileName, IconButton, Message, TextField } from '#renderer/ui';
import type { DatasetCatalogue } from '#shared/protocol';
import { useCatalogue } from './catalogue';
import { ChoiceDialog } from './choice-dialog';
import { asChosen, kitsFor } from './config-words';
import { setConfig, setDraft, useDraft } from './draft';

/** Which kits sound, and the user's own SoundFonts that give more of them. */
export function KitDialog(props: { readonly catalogue: DatasetCatalogue; readonly onClose: () => void }) {
  const { catalogue, onClose } = props;
  const { config } = useDraft();
  const kits = kitsFor(config, catalogue);
  const ids = kits.map(({ id }) => id);
  return (
    <ChoiceDialog
      // Another font gives other kits, and what is chosen begins anew.
      key={ids.join(' ')}
      title="Kits"
      noun="kit"
      groups={[
        {
          name: 'Kits',
          choices: kits.map(({ id, name, isWholeKit }) => ({
            value: id,
            name,
            detail: isWholeKit ? 'whole kit' : 'one drum',
          })),
        },
      ]}
      chosen={new Set(config.kits.length === 0 ? ids : config.kits)}
      onTake={chosen => setConfig({ kits: asChosen(chosen, ids) })}
      onClose={onClose}
    >
      <Fonts />
    </ChoiceDialog>
  );
}

function Fonts() {
  const { fonts } = useDraft();
  const { problem } = useCatalogue();
  const input = useRef<HTMLInputElement>(null);
  // A run goes on after a restart, so a font must lie where it stays: a path, and no upload.
  const port = studioPort();
  const add = (names: readonly string[]): void =>
    setDraft({ fonts: [...new Set([...useDraft.getState().fonts, ...names])] });
  return (
    <section aria-label="Your SoundFonts" className="flex flex-col gap-2 border-b border-line pb-3">
      <div className="flex items-center gap-2">
        <span className="text-ink-2">Your SoundFonts</span>
        <TextField
          label="Path of a SoundFont"
          value=""
          placeholder="/path/to/font.sf2"
          className="min-w-0 flex-1"
          onCommit={text => {
            if (!/\.sf2$/i.test(text)) return 'A SoundFont’s name ends in .sf2';
            add([text]);
            return null;
          }}
        />
        {port ? (
          <Button onPress={() => input.current?.click()}>
            <Plus size={14} strokeWidth={1.4} aria-hidden="true" />
            Choose
          </Button>
        ) : null}
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".sf2"
          aria-label="SoundFont files"
          onChange={event => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            add(files.map(file => port?.pathOf(file) ?? '').filter(path => path !== ''));
          }}
        />
      </div>
      {problem === null ? null : <Message tone="bad">{problem}</Message>}
      {fonts.length === 0 ? null : (
        <ul aria-label="SoundFonts" className="flex flex-wrap gap-1.5">
          {fonts.map(font => (
            <li key={font} className="flex h-6 items-center gap-1 rounded-r2 bg-bg-2 pl-2 type-label">
              <span className="max-w-60 truncate" title={font}>
                {fileName(font)}
              </span>
              <IconButton
                small
                label={`Leave out ${fileName(font)}`}
                onPress={() => setDraft({ fonts: fonts.filter(other => other !== font) })}
              >
                <X size={12} strokeWidth={1.6} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
