import { studio } from '#renderer/bridge';
import { replacement } from '#shared/edit';
import { change, keepAudition, setDocumentKit, useDocument } from './document';
import { attempt } from './notices';
import { followView } from './open';
import { setView } from './view';

/** Any kit under any groove: chooses a hit of `kitId` for every note anew, as one undo step. */
export async function changeKit(kitId: string): Promise<void> {
  keepAudition();
  const { history, id } = useDocument.getState();
  if (!history) return;
  const laid = await attempt('Changing the kit', () =>
    studio.layOut.mutate({ pattern: history.pattern, kitId }),
  );
  if (!laid || useDocument.getState().id !== id) return;
  setDocumentKit(kitId);
  change('Change the kit', replacement(history.pattern, laid));
  setView({ kitId });
  followView();
}
