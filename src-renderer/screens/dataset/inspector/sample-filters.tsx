import { Search, X } from 'lucide-react';
import { PRESET_NAMES } from '#shared/augment';
import { TIERS } from '#shared/dataset';
import type { DatasetCatalogue, DatasetRun } from '#shared/protocol';
import { IconButton, Picker } from '#renderer/ui';
import { TIER_NAMES, titled } from '../names';
import { clearFilter, isFiltered, setFilter, useInspector } from './inspector-store';

const ANY = '';

interface FilterProps {
  readonly run: DatasetRun;
  readonly catalogue: DatasetCatalogue | null;
}

/** Which samples are looked at. */
export function SampleFilters({ run, catalogue }: FilterProps) {
  const { filter } = useInspector();
  const { config } = run;
  const rudiments = (catalogue?.rudiments ?? []).filter(
    ({ slug }) => config.rudiments.length === 0 || config.rudiments.includes(slug),
  );
  const kits = (catalogue?.kits ?? []).filter(
    ({ id }) => config.kits.length === 0 || config.kits.includes(id),
  );
  const presets = PRESET_NAMES.filter(preset => config.augmentation_presets.includes(preset));
  return (
    <div
      role="search"
      aria-label="Samples"
      className="flex h-9 shrink-0 items-center gap-1.5 border-b border-line px-3"
    >
      <label className="flex h-7 min-w-24 flex-1 items-center gap-1.5 rounded-r2 border border-line-2 bg-bg-0 px-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus">
        <Search size={13} strokeWidth={1.4} aria-hidden="true" className="text-ink-3" />
        <input
          aria-label="Part of a sample’s name"
          value={filter.text}
          placeholder="Part of a name"
          onChange={event => setFilter({ text: event.currentTarget.value.slice(0, 200) })}
          className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3"
        />
      </label>
      <Choice
        label="Tier"
        value={filter.tier}
        choices={TIERS.map(value => ({ value, name: TIER_NAMES[value] }))}
        onChange={tier => setFilter({ tier: TIERS.find(each => each === tier) ?? null })}
      />
      <Choice
        label="Rudiment"
        value={filter.rudiment}
        choices={rudiments.map(({ slug, name }) => ({ value: slug, name }))}
        onChange={rudiment => setFilter({ rudiment })}
      />
      {config.generate_audio ? (
        <>
          <Choice
            label="Kit"
            value={filter.kit}
            choices={kits.map(({ id, name }) => ({ value: id, name }))}
            onChange={kit => setFilter({ kit })}
          />
          <Choice
            label="Room"
            value={filter.preset}
            choices={(config.apply_augmentation ? presets : (['dry'] as const)).map(value => ({
              value,
              name: titled(value),
            }))}
            onChange={preset => setFilter({ preset })}
          />
        </>
      ) : null}
      <IconButton small label="Show all samples" isDisabled={!isFiltered(filter)} onPress={clearFilter}>
        <X size={14} strokeWidth={1.4} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly { readonly value: string; readonly name: string }[];
  readonly onChange: (value: string | null) => void;
}) {
  const { label, value, choices, onChange } = props;
  return (
    <Picker
      label={label}
      value={value ?? ANY}
      choices={[{ value: ANY, name: `Any ${label.toLowerCase()}` }, ...choices]}
      onChange={next => onChange(next === ANY ? null : next)}
      className="w-28 shrink"
    />
  );
}
