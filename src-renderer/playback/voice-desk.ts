import type { Voice } from '#shared/mix';
import type { Role } from '#shared/model';
import type { Stroke } from './sequencer';
import { startVoice, type VoiceNode } from './voice-node';

interface Sounding {
  readonly stroke: Stroke;
  readonly choke: string | null;
  readonly node: VoiceNode;
  /** Told to fall silent whatever comes. */
  isLetGo: boolean;
}

/**
 * The voices that sound or will soon. Each falls silent where the next of its choke group has its onset, whichever pass that
 * one belongs to, so a hat that rings over the loop's end is closed by the first one of the next pass.
 */
export class VoiceDesk {
  readonly #inputOf: (role: Role) => AudioNode;
  readonly #bufferOf: (voice: Voice) => AudioBuffer | undefined;
  readonly #sounding = new Set<Sounding>();

  constructor(inputOf: (role: Role) => AudioNode, bufferOf: (voice: Voice) => AudioBuffer | undefined) {
    this.#inputOf = inputOf;
    this.#bufferOf = bufferOf;
  }

  start(stroke: Stroke): void {
    const { voice, score } = stroke;
    const buffer = this.#bufferOf(voice);
    if (!buffer) return;
    const choke = score.kit.pads.find(pad => pad.id === voice.padId)?.choke ?? null;
    const { gain, pan, role } = voice;
    const node = startVoice(this.#inputOf(role), { buffer, frame: stroke.startFrame, gain, pan }, () => {
      this.#sounding.delete(entry);
    });
    const entry: Sounding = { stroke, choke, node, isLetGo: false };
    this.#sounding.add(entry);
    if (choke !== null) this.#chokeGroup(choke);
  }

  /** Takes back what begins at `frame` or later, so that something else can take its place. */
  withdraw(frame: number): void {
    const groups = new Set<string>();
    for (const entry of this.#sounding) {
      if (entry.choke !== null) groups.add(entry.choke);
      if (entry.stroke.startFrame < frame) continue;
      entry.node.cancel();
      this.#sounding.delete(entry);
    }
    for (const group of groups) this.#chokeGroup(group);
  }

  /** Lets fall silent, from `frame` on, what `isMeant` says. */
  release(frame: number, isMeant: (stroke: Stroke) => boolean = () => true): void {
    for (const entry of this.#sounding) {
      if (entry.isLetGo || !isMeant(entry.stroke)) continue;
      entry.isLetGo = true;
      entry.node.setRelease(frame);
    }
  }

  /** Those that start together let each other ring. */
  #chokeGroup(group: string): void {
    const members = [...this.#sounding].filter(({ choke, isLetGo }) => choke === group && !isLetGo);
    members.sort((a, b) => a.stroke.onsetFrame - b.stroke.onsetFrame);
    let next: number | null = null;
    let after: number | null = null;
    for (const { stroke, node } of members.toReversed()) {
      const { onsetFrame } = stroke;
      if (next === null || next > onsetFrame) {
        after = next;
        next = onsetFrame;
      }
      node.setRelease(after);
    }
  }
}
