import { create } from 'zustand';
import { z } from 'zod';
import { studio } from '#renderer/bridge';
import { attempt } from './notices';

const LiveSettingsSchema = z.object({
  /** Whether recording adds to what is there, or takes its place. */
  mode: z.enum(['overdub', 'replace']).default('overdub'),
  /** How far what is played in is taken to its lines. */
  quantisePercent: z.number().min(0).max(100).default(0),
  /** From a stroke of the hand to its sound and back into the studio; null takes what the audio device says. */
  latencyMs: z.number().min(-50).max(500).nullable().default(null),
  usesMidi: z.boolean().default(false),
  /** Id of the device that is listened to; null for all. */
  input: z.string().nullable().default(null),
  inputMap: z.string().default('gm'),
  /** Id of the device that is played; null for none. */
  output: z.string().nullable().default(null),
  outputMap: z.string().default('gm'),
  sendsNotes: z.boolean().default(true),
  sendsClock: z.boolean().default(true),
});
type LiveSettings = z.infer<typeof LiveSettingsSchema>;

/** How the studio is played, and what it plays. */
export const useLiveSettings = create<LiveSettings>(() => LiveSettingsSchema.parse({}));

const SETTING = 'live';

export function setLive(change: Partial<LiveSettings>): void {
  useLiveSettings.setState(change);
  const value = useLiveSettings.getState();
  void attempt('Keeping the setting', () => studio.saveSetting.mutate({ name: SETTING, value }));
}

/** What was kept, as far as it still has the right shape. */
export async function restoreLiveSettings(): Promise<void> {
  const settings = await studio.settings.query();
  const kept = LiveSettingsSchema.safeParse(settings[SETTING] ?? {});
  if (kept.success) useLiveSettings.setState(kept.data);
}
