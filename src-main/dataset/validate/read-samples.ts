import type { ReadSample, TableName } from '#shared/dataset';
import { RowsInTurn } from './rows-in-turn';
import type { Tables } from './table';
import type { TableFaults } from './table-faults';

/** Every sample with its rows of all tables, in the order in which they were written. */
export async function* readSamples(
  tables: Tables,
  faults: TableFaults,
): AsyncGenerator<Omit<ReadSample, 'notes'>> {
  const places = new Map<string, number>();
  for await (const rows of tables.samples.groups(fault => faults.add(fault)))
    for (const { sample_id } of rows) places.set(sample_id, places.size);
  const inTurn = <Name extends TableName>(name: Name): RowsInTurn<Name> =>
    new RowsInTurn<Name>(
      tables[name],
      id => places.has(id),
      id => faults.addStray(name, id),
      fault => faults.add(fault),
    );
  const others = {
    exercises: inTurn('exercises'),
    measures: inTurn('measures'),
    strokes: inTurn('strokes'),
    beats: inTurn('beats'),
    mishaps: inTurn('mishaps'),
  };
  for await (const rows of tables.samples.groups(() => undefined))
    for (const sample of rows) {
      const id = sample.sample_id;
      const own = places.get(id) ?? 0;
      const isToCome = (other: string): boolean => (places.get(other) ?? -1) > own;
      yield {
        sample,
        exercises: await others.exercises.of(id, isToCome),
        measures: await others.measures.of(id, isToCome),
        strokes: await others.strokes.of(id, isToCome),
        beats: await others.beats.of(id, isToCome),
        mishaps: await others.mishaps.of(id, isToCome),
      };
    }
  for (const rest of Object.values(others)) await rest.finish();
}
