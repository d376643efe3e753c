import { grouped } from '../check';
import { type Check, CHECK_GROUPS, type ValidationReport } from '../report';
import { escaped } from './escaped';
import { PAGE_STYLE } from './page-style';
import { plotOf } from './plot';

type Group = (typeof CHECK_GROUPS)[number];

const GROUPS: Readonly<Record<Group, { readonly title: string; readonly about: string }>> = {
  integrity: {
    title: 'Integrity',
    about:
      'Whether every file is as it was written, the tables fit one another, every label lies within its range, and rows alone make the same bytes again.',
  },
  alignment: {
    title: 'Labels against sound',
    about:
      'Where the labels say a stroke is, a stroke must be: in the MIDI files, and in the audio, in which a detector that knows no labels looks for attacks. Rooms, noise and cheap microphones hide attacks from it, so there its figures are told and only a shift of all labels fails.',
  },
  sound: {
    title: 'Sound',
    about:
      'Recordings are decoded, compared with the hash of their samples, and listened to: a drum is noisy and short, which tells it from a piano that a wrong channel would play.',
  },
  splits: {
    title: 'Splits',
    about:
      'What must not be in training and test alike: players, performances, MIDI files, recordings and near-duplicates of them.',
  },
  realism: {
    title: 'Beside people',
    about:
      'Performances are held against what was measured on people, never against what the generator draws from. People were measured at the top only (lessons of a professional, grooves of mostly professionals), so that only the professional tier is compared with them; the others must differ from tier to tier.',
  },
};

const STATES = ['passed', 'warned', 'failed', 'skipped'] as const;
const WORDS: Readonly<Record<Check['state'], string>> = {
  passed: 'passed',
  warned: 'to look at',
  failed: 'failed',
  skipped: 'nothing to look at',
};

/** Signs of 16 px, in the colour of the text. */
const MARKS: Readonly<Record<Check['state'], string>> = {
  passed: '<path d="M3 8.5l3.2 3.2L13 5"/>',
  warned: '<path d="M8 2.2L14.6 13.6H1.4zM8 6.4v3.4M8 11.6v.2"/>',
  failed: '<path d="M4 4l8 8M12 4l-8 8"/>',
  skipped: '<path d="M4 8h8"/>',
};

const mark = (state: Check['state']): string =>
  `<svg class="mark" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" role="img" aria-label="${WORDS[state]}">${MARKS[state]}</svg>`;

/** A validation as one page that needs nothing else: for screens and for paper. */
export function reportPage(report: ValidationReport): string {
  const { dataset, samples, checks, distributions } = report;
  const count = (state: Check['state']): number => checks.filter(check => check.state === state).length;
  const looked = checks.length - count('skipped');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validation of ${escaped(dataset.name)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>Validation of ${escaped(dataset.name)}</h1>
<dl class="facts">
<div><dt>samples</dt><dd>${grouped(samples)}</dd></div>
<div><dt>checks passed</dt><dd>${count('passed')} of ${looked}</dd></div>
<div><dt>to look at</dt><dd>${count('warned')}</dd></div>
<div><dt>failed</dt><dd>${count('failed')}</dd></div>
<div class="hash"><dt>SHA-256 of manifest.json</dt><dd><code>${escaped(dataset.manifest_sha256)}</code></dd></div>
</dl>
${verdict(checks)}
${CHECK_GROUPS.map(group => section(group, checks)).join('\n')}
${plots(distributions)}
<footer>Written by Backbeat. The same figures as data are in <code>report.json</code>; what each check does is told in docs/algorithms/dataset-validation.md of Backbeat.</footer>
</main>
</body>
</html>
`;
}

function verdict(checks: readonly Check[]): string {
  const [state, sentence] = checks.some(check => check.state === 'failed')
    ? (['failed', 'Something is wrong with this dataset.'] as const)
    : checks.some(check => check.state === 'warned')
      ? (['warned', 'Nothing is wrong; some figures are worth a look.'] as const)
      : (['passed', 'Nothing is wrong with this dataset.'] as const);
  const named = checks.filter(check => check.state === state && state !== 'passed').map(({ title }) => title);
  return `<div class="verdict ${state}">${mark(state)}<div><b>${sentence}</b>${named.length === 0 ? '' : escaped(`${named.join('; ')}.`)}</div></div>`;
}

function section(group: Group, all: readonly Check[]): string {
  const checks = all.filter(check => check.group === group);
  if (checks.length === 0) return '';
  const { title, about } = GROUPS[group];
  const counts = STATES.flatMap(state => {
    const number = checks.filter(check => check.state === state).length;
    return number === 0 ? [] : [`${number} ${WORDS[state]}`];
  });
  return `<section><h2>${title}<span>${counts.join(', ')}</span></h2>
<p>${about}</p>
<ul class="checks">
${checks.map(item).join('\n')}
</ul></section>`;
}

function item({ name, title, state, found, wanted, examples }: Check): string {
  const list =
    examples.length === 0
      ? ''
      : `<ul class="examples">${examples.map(example => `<li>${escaped(example)}</li>`).join('')}</ul>`;
  return `<li class="${state}">${mark(state)}<div><div class="title">${escaped(title)}</div><code class="name">${escaped(name)}</code></div><div><div class="found">${escaped(found)}</div><div class="wanted">Wanted: ${escaped(wanted)}</div></div>${list}</li>`;
}

function plots(distributions: ValidationReport['distributions']): string {
  if (distributions.length === 0) return '';
  return `<section><h2>Distributions</h2>
<p>Share of the strokes in each bin. What lies outside an axis counts in its first or last bin.</p>
<div class="legend"><span><i></i>Generated</span><span><i class="people"></i>Measured on people</span></div>
<div class="plots">
${distributions.map(plotOf).join('\n')}
</div></section>`;
}
