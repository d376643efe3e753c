import { meterText, parseMeter, SKELETON_STYLE_NAMES, SKELETON_STYLES } from '#shared/model';
import { setGenerator, useGenerator, useShownPattern, useTrack } from '#renderer/state';
import { CheckBox, NumberField, percent, Picker, Segments, Slider } from '#renderer/ui';
import { Dial } from './dial';

export const STYLE_CHOICES = SKELETON_STYLES.map(value => ({ value, name: SKELETON_STYLE_NAMES[value] }));
const MODES = [
  { value: 'A', name: 'Strongest' },
  { value: 'B', name: 'By seed' },
] as const;
const METERS = ['2/4', '3/4', '4/4', '5/4', '6/4', '5/8', '6/8', '7/8', '9/8', '11/8', '12/8'].map(value => ({
  value,
  name: value.replace('/', ' / '),
}));

/** A skeleton's frame: how many bars of which meter, how fast. */
export function SkeletonFrame() {
  const settings = useGenerator();
  const pattern = useShownPattern();
  const track = useTrack();
  const tempo = settings.tempo ?? pattern?.tempo ?? track?.tempo?.bpm ?? 120;
  const meter = meterText(settings.meter);
  const meters = METERS.some(one => one.value === meter)
    ? METERS
    : [...METERS, { value: meter, name: meter }];
  return (
    <div className="flex gap-2">
      <NumberField
        label="Bars"
        prefix="Bars"
        value={settings.bars}
        minimum={1}
        maximum={128}
        className="min-w-17 flex-1"
        onCommit={bars => setGenerator({ bars: Math.round(bars) })}
      />
      <Picker
        label="Meter"
        value={meter}
        choices={meters}
        className="w-17"
        onChange={text => {
          const parsed = parseMeter(text);
          if (parsed) setGenerator({ meter: parsed });
        }}
      />
      <NumberField
        label="Tempo of the take"
        unit="BPM"
        value={tempo}
        minimum={20}
        maximum={400}
        digits={tempo % 1 === 0 ? 0 : 2}
        className="w-22"
        onCommit={value => setGenerator({ tempo: value })}
      />
    </div>
  );
}

export function SkeletonDials() {
  const { motionMode, motionKeep, fillProbability, texture } = useGenerator();
  return (
    <>
      <Dial name="Motion" value={`${motionKeep} of 8`}>
        <Slider
          label="Motion hits kept, of eight eighths"
          value={motionKeep}
          minimum={4}
          maximum={8}
          step={1}
          rest={6}
          onChange={value => setGenerator({ motionKeep: value })}
        />
      </Dial>
      <Dial name="Fills" value={percent(fillProbability)}>
        <Slider
          label="Chance of a fill in each fourth bar"
          value={fillProbability}
          minimum={0}
          maximum={1}
          step={0.05}
          rest={0.25}
          onChange={value => setGenerator({ fillProbability: value })}
        />
      </Dial>
      <Dial name="Motion keeps">
        <Segments
          label="Which motion hits are kept"
          small
          fill
          value={motionMode}
          choices={MODES}
          onChange={value => setGenerator({ motionMode: value })}
        />
      </Dial>
      <Dial name="Texture">
        <CheckBox
          label="Texture"
          isChosen={texture}
          onChange={value => setGenerator({ texture: value })}
          className="flex h-6 flex-1 items-center gap-2"
        >
          <span className="text-ink-3">{texture ? 'a quiet layer' : 'none'}</span>
        </CheckBox>
      </Dial>
    </>
  );
}
