import { create } from 'zustand';
import { canonicalJson } from '#shared/base';
import { GENERATION_PRESETS, type GenerationConfig, GenerationConfigSchema } from '#shared/dataset';
import { type DatasetCatalogue, type DatasetRequest, DatasetRequestSchema } from '#shared/protocol';
import { studio } from '#renderer/bridge';
import { attempt } from '#renderer/state';

const FIRST: DatasetRequest = DatasetRequestSchema.parse({
  name: 'my-dataset',
  config: GenerationConfigSchema.parse(GENERATION_PRESETS.medium),
});

/** The run that is being put together. */
export const useDraft = create<DatasetRequest>(() => FIRST);

const SETTING = 'dataset';
const SAVE_AFTER_MS = 500;
let saving: ReturnType<typeof setTimeout> | undefined;

export function setDraft(change: Partial<DatasetRequest>): void {
  useDraft.setState(change);
  clearTimeout(saving);
  saving = setTimeout(() => {
    const value = useDraft.getState();
    void attempt('Keeping the run', () => studio.saveSetting.mutate({ name: SETTING, value }));
  }, SAVE_AFTER_MS);
}

export const setConfig = (change: Partial<GenerationConfig>): void =>
  setDraft({ config: { ...useDraft.getState().config, ...change } });

/** What was put together last, as far as it is still valid. */
export async function restoreDraft(): Promise<void> {
  const settings = await attempt('Reading the settings', () => studio.settings.query());
  const kept = DatasetRequestSchema.safeParse(settings?.[SETTING]);
  if (kept.success) useDraft.setState(kept.data);
}

/** A configuration that can be chosen by name: one of ours, or one that the user keeps. */
export interface NamedConfig {
  readonly name: string;
  readonly config: GenerationConfig;
  readonly isOwn: boolean;
}

export const namedConfigs = (catalogue: DatasetCatalogue | null): readonly NamedConfig[] => [
  ...Object.entries(GENERATION_PRESETS).map(([name, preset]) => ({
    name,
    config: GenerationConfigSchema.parse(preset),
    isOwn: false,
  })),
  ...(catalogue?.saved ?? []).map(({ name, config }) => ({ name, config, isOwn: true })),
];

/** The seed tells datasets of one configuration apart. */
const withoutSeed = (config: GenerationConfig): string => canonicalJson({ ...config, seed: 0 });

/** The name under which `config` is known; undefined when it was changed since. */
export const nameOfConfig = (
  config: GenerationConfig,
  named: readonly NamedConfig[],
): NamedConfig | undefined => named.find(each => withoutSeed(each.config) === withoutSeed(config));

/** `name`, or with the next number where a run is called so already. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  const stem = name.replace(/-\d+$/, '').slice(0, 74);
  for (let number = 2; ; number++) if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`;
}
