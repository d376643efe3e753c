import { studio } from '#renderer/bridge';
import { refreshChoice } from './browse';
import { forgetHits } from './browse-hits';
import { readHitBook } from './hit-book';
import { attempt, notify } from './notices';

/** Judges the rest of the library anew with what the user said as examples, or by the machine alone again. */
export async function rescoreLibrary(by: 'examples' | 'machine' = 'examples'): Promise<void> {
  const answer = await attempt('Judging the hits anew', () =>
    studio.rescoreHits.mutate({ scope: { kind: 'library' }, by }),
  );
  if (!answer) return;
  forgetHits();
  await readHitBook();
  refreshChoice();
  const changed = answer.changed.length;
  if (by === 'machine')
    notify({ tone: 'ok', text: `${changed} hits are judged by the machine alone again.` });
  else if (answer.examples === 0)
    notify({
      tone: 'warn',
      text: 'There is nothing to learn from yet: say of some hits what they are, then judge the rest by them.',
    });
  else
    notify({
      tone: 'ok',
      text: `By your ${answer.examples} examples ${changed} hits are something else now.`,
      ...(changed > 0 ? { action: { name: 'Back', run: () => void rescoreLibrary('machine') } } : {}),
    });
}
