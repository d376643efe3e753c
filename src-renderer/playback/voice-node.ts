import { RELEASE_SECONDS } from '#shared/mix';

interface VoiceStart {
  readonly buffer: AudioBuffer;
  /** Context time of the slice's first frame; what lies in the past is skipped. */
  readonly time: number;
  /** Linear. */
  readonly gain: number;
  /** -1 left ... 1 right. */
  readonly pan: number;
}

/** One sounding note in the audio graph. */
export interface VoiceNode {
  /** Lets it fall to silence over RELEASE_SECONDS from `time`; the first release holds. */
  release(time: number): void;
  readonly isReleased: boolean;
}

/** Starts a voice on the frame nearest to its time, as the offline mix does. */
export function startVoice(output: AudioNode, start: VoiceStart, onEnd: () => void): VoiceNode {
  const { context } = output;
  const source = context.createBufferSource();
  source.buffer = start.buffer;
  const level = context.createGain();
  // A panned mono sound keeps its power, +3 dB at one side; the panner alone would give 0 dB there.
  const compensation = start.buffer.numberOfChannels === 1 && start.pan !== 0 ? Math.SQRT2 : 1;
  level.gain.value = start.gain * compensation;
  source.connect(level);
  if (start.pan === 0) {
    level.connect(output);
  } else {
    const panner = context.createStereoPanner();
    panner.pan.value = start.pan;
    level.connect(panner).connect(output);
  }
  const time = Math.round(start.time * context.sampleRate) / context.sampleRate;
  const late = Math.max(0, context.currentTime - time);
  source.start(time + late, late);
  source.addEventListener('ended', onEnd, { once: true });
  let isReleased = false;
  return {
    get isReleased() {
      return isReleased;
    },
    release: at => {
      if (isReleased) return;
      isReleased = true;
      const from = Math.max(at, context.currentTime);
      level.gain.setValueAtTime(start.gain * compensation, from);
      level.gain.linearRampToValueAtTime(0, from + RELEASE_SECONDS);
      source.stop(from + RELEASE_SECONDS);
    },
  };
}
