import { setKitExport, useKitExport } from '#renderer/state';
import { CheckBox } from '#renderer/ui';
import { type KitDocument, type KitFacts, lossesOf } from '#shared/kit-formats';
import { KIT_FORMAT_NAMES, KIT_FORMATS, type KitFormat } from '#shared/protocol';

const ABOUT: Readonly<Record<KitFormat, string>> = {
  wav: 'Backbeat’s own: WAVs and kit.json, nothing left out',
  sfz: 'sforzando, sfizz and other SFZ players',
  decent: 'DecentSampler, a folder with a .dspreset',
  h2drumkit: 'the drum machine, one .h2drumkit',
  sf2: 'FluidSynth and most samplers, one .sf2',
};

/** The formats, and of the chosen ones what they hold otherwise. */
export function FormatList(props: { readonly document: KitDocument; readonly facts: KitFacts }) {
  const { document, facts } = props;
  const formats = useKitExport(state => state.formats);
  const set = (format: KitFormat, isOn: boolean): void =>
    setKitExport({
      formats: KIT_FORMATS.filter(each => (each === format ? isOn : formats.includes(each))),
    });
  return (
    <div role="group" aria-label="Formats" className="flex flex-col gap-1">
      <h3 className="mb-1 type-label text-ink-3">Formats</h3>
      {KIT_FORMATS.map(format => {
        const isOn = formats.includes(format);
        const losses = isOn ? lossesOf(format, document, facts) : [];
        return (
          <div key={format}>
            <CheckBox
              isChosen={isOn}
              onChange={on => set(format, on)}
              className="-mx-2 flex min-h-8 items-center gap-2.5 rounded-r3 px-2 data-[hovered]:bg-bg-2"
            >
              <b className="w-30 shrink-0 type-strong">{KIT_FORMAT_NAMES[format]}</b>
              <span className="min-w-0 truncate text-ink-3">{ABOUT[format]}</span>
            </CheckBox>
            {losses.length > 0 ? (
              <ul aria-label={`What ${KIT_FORMAT_NAMES[format]} holds otherwise`} className="mb-1 ml-6">
                {losses.map(loss => (
                  <li key={loss} className="text-ink-2">
                    {loss}
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
