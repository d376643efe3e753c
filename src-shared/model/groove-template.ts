import { z } from 'zod';
import { InstrumentSchema } from './instrument';
import { DIVISION_TICKS, DivisionSchema } from './lane';

/** How strokes near one step are played; null where nothing was struck. */
export const TemplateSlotSchema = z
  .object({
    /** Played minus written in ticks, a real number; positive is late. */
    offset: z.number().min(-960).max(960),
    /** Loudness beside the same voice's mean over the template, as a factor. */
    accent: z.number().min(0).max(8),
  })
  .nullable();
export type TemplateSlot = z.infer<typeof TemplateSlotSchema>;

const SlotsSchema = z.array(TemplateSlotSchema).min(1).max(4096);

/** The feel of a groove without its notes: timing and loudness of the steps of a cycle that repeats. `{name}.groove.json`. */
export const GrooveTemplateSchema = z
  .object({
    version: z.literal(1),
    name: z.string().min(1).max(80),
    /** The step that slots stand on; the cycle lasts as many steps as there are slots. */
    base: DivisionSchema,
    /** Of all voices together. */
    slots: SlotsSchema,
    /** Of single voices, where the groove has enough of them; each as long as `slots`. */
    voices: z.partialRecord(InstrumentSchema, SlotsSchema),
    /** Where it comes from, in words: "Take 3 of First Light", "Backbeat". */
    source: z.string().max(200),
  })
  .refine(
    ({ slots, voices }) => Object.values(voices).every(each => each.length === slots.length),
    'the slots of every voice must be as many as those of all',
  );
export type GrooveTemplate = z.infer<typeof GrooveTemplateSchema>;

/** Length of a template's cycle in ticks. */
export const templateTicks = ({ base, slots }: Pick<GrooveTemplate, 'base' | 'slots'>): number =>
  slots.length * DIVISION_TICKS[base];
