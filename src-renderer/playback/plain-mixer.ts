import type { Role } from '#shared/model';

/** A way into the output for each role, all alike. */
export function plainMixer(context: BaseAudioContext) {
  const output = context.createGain();
  const inputs = new Map<Role, GainNode>();
  return {
    output,
    latencySeconds: 0,
    input(role: Role): AudioNode {
      const known = inputs.get(role);
      if (known) return known;
      const made = context.createGain();
      made.connect(output);
      inputs.set(role, made);
      return made;
    },
  };
}
