import { RELEASE_SECONDS } from '#shared/mix';

interface VoiceStart {
  readonly buffer: AudioBuffer;
  /** Frame of the context on which the slice begins; what lies in the past is skipped. */
  readonly frame: number;
  /** Linear. */
  readonly gain: number;
  /** -1 left ... 1 right. */
  readonly pan: number;
}

/** One sounding note in the audio graph. */
export interface VoiceNode {
  /** Lets it fall to silence over RELEASE_SECONDS from `frame`, or ring to its end with null; not once it falls. */
  setRelease(frame: number | null): void;
  /** Takes it back before it has begun. */
  cancel(): void;
}

/** Starts a voice on its frame, as the offline mix does. */
export function startVoice(output: AudioNode, start: VoiceStart, onEnd: () => void): VoiceNode {
  const { context } = output;
  const { sampleRate } = context;
  const source = context.createBufferSource();
  source.buffer = start.buffer;
  // A panned mono sound keeps its power, +3 dB at one side; the panner alone would give 0 dB there.
  const compensation = start.buffer.numberOfChannels === 1 && start.pan !== 0 ? Math.SQRT2 : 1;
  const gain = start.gain * compensation;
  const level = new GainNode(context, { gain });
  source.connect(level);
  const last = start.pan === 0 ? level : level.connect(new StereoPannerNode(context, { pan: start.pan }));
  last.connect(output);
  const time = start.frame / sampleRate;
  const late = Math.max(0, context.currentTime - time);
  source.start(time + late, late);
  source.addEventListener(
    'ended',
    () => {
      last.disconnect();
      onEnd();
    },
    { once: true },
  );
  const release = Math.round(RELEASE_SECONDS * sampleRate);
  const natural = time + start.buffer.duration + 1;
  let releaseAt: number | null = null;
  return {
    setRelease: frame => {
      if (frame === releaseAt) return;
      if (releaseAt !== null) {
        if (releaseAt / sampleRate <= context.currentTime) return;
        level.gain.cancelScheduledValues(releaseAt / sampleRate);
      }
      releaseAt = frame === null ? null : Math.max(frame, Math.ceil(context.currentTime * sampleRate));
      if (releaseAt === null) {
        source.stop(natural);
        return;
      }
      level.gain.setValueAtTime(gain, releaseAt / sampleRate);
      level.gain.linearRampToValueAtTime(0, (releaseAt + release) / sampleRate);
      source.stop((releaseAt + release) / sampleRate);
    },
    cancel: () => {
      source.stop();
      last.disconnect();
    },
  };
}
