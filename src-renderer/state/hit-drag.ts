/** What a drag of hits carries inside this window: their ids, one a line. */
const HIT_TYPE = 'application/x-backbeat-hits';

export function carryHits(transfer: DataTransfer, ids: readonly string[]): void {
  transfer.setData(HIT_TYPE, ids.join('\n'));
  transfer.effectAllowed = 'copy';
}

export const hasHits = (transfer: DataTransfer | null): boolean =>
  transfer?.types.includes(HIT_TYPE) ?? false;

export const carriedHits = (transfer: DataTransfer | null): readonly string[] =>
  transfer?.getData(HIT_TYPE).split('\n').filter(Boolean) ?? [];
