import type { Kit } from '#shared/model';
import { useDocument } from './document';
import { useKitDraft } from './kit-draft';
import { useLibrary } from './library';

/** The kit under the open pattern, with the changes that are not stored yet. */
export function openKitOfPattern(): Kit | undefined {
  const { kitId } = useDocument.getState();
  const draft = useKitDraft.getState().kit;
  return draft?.id === kitId ? draft : useLibrary.getState().kits.find(kit => kit.id === kitId);
}
