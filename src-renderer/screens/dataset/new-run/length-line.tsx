import { NumberField, Picker } from '#renderer/ui';
import { setConfig, useDraft } from './draft';
import { Line } from './line';

const USUAL_SECONDS = 9;

/** How long a performance is: repetitions of the pattern, or as many as fit into seconds. */
export function LengthLine() {
  const { config } = useDraft();
  const seconds = config.target_duration_sec;
  return (
    <Line name="Length">
      <NumberField
        label="Length of each performance"
        value={seconds ?? config.num_cycles_per_sample}
        minimum={1}
        maximum={seconds === null ? 64 : 600}
        className="w-18"
        onCommit={value =>
          setConfig(
            seconds === null
              ? { num_cycles_per_sample: Math.round(value) }
              : { target_duration_sec: Math.round(value) },
          )
        }
      />
      <Picker
        label="Unit of the length"
        value={seconds === null ? 'cycles' : 'seconds'}
        choices={[
          { value: 'cycles', name: 'cycles' },
          { value: 'seconds', name: 'seconds' },
        ]}
        onChange={unit => setConfig({ target_duration_sec: unit === 'cycles' ? null : USUAL_SECONDS })}
        className="w-24"
      />
    </Line>
  );
}
