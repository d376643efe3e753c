import { startVoice, type VoiceNode } from './voice-node';

/** A hit that is played by hand. */
export interface LiveStroke {
  readonly buffer: AudioBuffer;
  /** From the buffer's first frame to the attack. */
  readonly preRollSeconds: number;
  readonly gain: number;
  readonly pan: number;
  readonly choke: string | null;
}

/** Voices that are played by hand sound at once; one of a choke group silences the one before it. */
export class LiveDesk {
  readonly #sounding = new Map<string, VoiceNode>();

  strike(output: AudioNode, { buffer, preRollSeconds, gain, pan, choke }: LiveStroke): void {
    const { currentTime, sampleRate } = output.context;
    const now = Math.ceil(currentTime * sampleRate);
    const frame = now - Math.round(preRollSeconds * sampleRate);
    const node = startVoice(output, { buffer, frame, gain, pan }, () => {
      if (choke !== null && this.#sounding.get(choke) === node) this.#sounding.delete(choke);
    });
    if (choke === null) return;
    this.#sounding.get(choke)?.setRelease(now);
    this.#sounding.set(choke, node);
  }
}
