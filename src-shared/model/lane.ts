import { z } from 'zod';
import { PPQ, type Ticks, ticks } from '../units';
import { type Instrument, InstrumentSchema } from './instrument';
import { type Role, RoleSchema } from './role';

/** How finely a quarter note is divided; T is for triplet. */
export const DIVISIONS = ['8', '8T', '16', '16T', '32'] as const;
export const DivisionSchema = z.enum(DIVISIONS);
export type Division = z.infer<typeof DivisionSchema>;

export const DIVISION_TICKS: Readonly<Record<Division, number>> = {
  '8': PPQ / 2,
  '8T': PPQ / 3,
  '16': PPQ / 4,
  '16T': PPQ / 6,
  '32': PPQ / 8,
};

/** What is said of one row, which is an instrument in a role. */
export const LaneSettingSchema = z.object({
  role: RoleSchema,
  instrument: InstrumentSchema,
  /** The division of each quarter note of a bar in turn, and then from the first again: several make a mixed grid. */
  grid: z.array(DivisionSchema).min(1),
  /** Ticks after which the row begins again (polymeter); null for the whole pattern. Its notes from there on are silent. */
  length: z
    .number()
    .int()
    .positive()
    .transform(value => ticks(value))
    .nullable(),
});
export type LaneSetting = z.infer<typeof LaneSettingSchema>;

const PLAIN_GRID: readonly Division[] = ['16'];

export const laneSetting = (
  { lanes }: { readonly lanes: readonly Readonly<LaneSetting>[] },
  { role, instrument }: { readonly role: Role; readonly instrument: Instrument },
): Readonly<LaneSetting> =>
  lanes.find(lane => lane.role === role && lane.instrument === instrument) ?? {
    role,
    instrument,
    grid: [...PLAIN_GRID],
    length: null,
  };

/** Where the steps of a row stand within a bar of `barLength` ticks, ascending from 0. */
export function laneSteps({ grid }: Pick<LaneSetting, 'grid'>, barLength: number): Ticks[] {
  const steps: Ticks[] = [];
  for (let quarter = 0; quarter * PPQ < barLength; quarter++) {
    const step = DIVISION_TICKS[grid[quarter % grid.length] ?? '16'];
    const end = Math.min(barLength, (quarter + 1) * PPQ);
    for (let at = quarter * PPQ; at < end; at += step) steps.push(ticks(at));
  }
  return steps;
}
