import { z } from 'zod';

/** Every expected failure, once. Cancellation is not among them, and neither is a bug. */
export const FailureSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('notFound'), path: z.string() }),
  z.object({ code: z.literal('unreadable'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('emptyFile'), path: z.string() }),
  z.object({ code: z.literal('notAudio'), path: z.string(), looksLike: z.string() }),
  z.object({ code: z.literal('corrupt'), path: z.string(), format: z.string(), reason: z.string() }),
  z.object({
    code: z.literal('truncated'),
    path: z.string(),
    foundSeconds: z.number(),
    promisedSeconds: z.number(),
  }),
  z.object({
    code: z.literal('tooShort'),
    path: z.string(),
    seconds: z.number(),
    minimumSeconds: z.number(),
  }),
  z.object({
    code: z.literal('tooLong'),
    path: z.string(),
    seconds: z.number(),
    maximumSeconds: z.number(),
  }),
  z.object({ code: z.literal('silent'), path: z.string(), peakDecibels: z.number() }),
  z.object({ code: z.literal('protected'), path: z.string() }),
  z.object({ code: z.literal('needsFfmpeg'), path: z.string(), format: z.string() }),
  z.object({ code: z.literal('noHits'), path: z.string(), seconds: z.number() }),
  z.object({ code: z.literal('noPulse'), path: z.string() }),
  z.object({ code: z.literal('noAudioFiles'), path: z.string(), entries: z.number() }),
  z.object({ code: z.literal('noMidiFiles'), path: z.string() }),
  z.object({
    code: z.literal('badFile'),
    path: z.string(),
    format: z.string(),
    problems: z.array(z.string()),
  }),
  z.object({ code: z.literal('badOption'), option: z.string(), value: z.string(), wanted: z.string() }),
  z.object({ code: z.literal('noSample'), role: z.string(), pools: z.string() }),
  z.object({ code: z.literal('missingSample'), sampleId: z.string(), path: z.string() }),
  z.object({ code: z.literal('diskFull'), path: z.string(), neededBytes: z.number(), freeBytes: z.number() }),
  z.object({ code: z.literal('notWritable'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('workerDied'), stage: z.string(), reason: z.string() }),
  z.object({ code: z.literal('workerSilent'), stage: z.string(), seconds: z.number() }),
  z.object({
    code: z.literal('modelTruncated'),
    path: z.string(),
    foundBytes: z.number(),
    promisedBytes: z.number(),
  }),
  z.object({ code: z.literal('modelOpset'), path: z.string(), opset: z.number(), newest: z.number() }),
  z.object({ code: z.literal('modelShape'), path: z.string(), inputs: z.string(), outputs: z.string() }),
  z.object({ code: z.literal('modelRefused'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('modelOutput'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('modelMemory'), path: z.string(), freeBytes: z.number() }),
  /** A file that the model keeps its weights in is not beside it. */
  z.object({ code: z.literal('modelPart'), path: z.string(), part: z.string(), neededBytes: z.number() }),
  z.object({ code: z.literal('modelStems'), path: z.string(), stems: z.array(z.string()) }),
  z.object({ code: z.literal('modelCrashed'), path: z.string(), reason: z.string() }),
  /** The library has no such model, or its files are gone. */
  z.object({ code: z.literal('modelMissing'), name: z.string(), known: z.array(z.string()) }),
  z.object({
    code: z.literal('licenceNotAccepted'),
    path: z.string(),
    licence: z.string(),
    notice: z.string(),
  }),
  z.object({ code: z.literal('modelChanged'), path: z.string(), expected: z.string(), found: z.string() }),
  /** What was asked of a generator cannot be: why, and what can. */
  z.object({ code: z.literal('cannotGenerate'), what: z.string(), reason: z.string(), instead: z.string() }),
  /** A server that does not answer, or not as it should: a queue, a store, a hub. */
  z.object({ code: z.literal('unreachable'), server: z.string(), reason: z.string() }),
  /** A part of a dataset that others were to make. */
  z.object({
    code: z.literal('partFailed'),
    part: z.number(),
    tries: z.number(),
    worker: z.string(),
    reason: z.string(),
  }),
  /** One sample of a dataset, which ends its run. */
  z.object({
    code: z.literal('sampleFailed'),
    sample: z.string(),
    /** Of its task in the plan; null where only the sample is known. */
    number: z.number().nullable(),
    reason: z.string(),
  }),
  /** A hub of datasets said no: HTTP status, and what it said. */
  z.object({
    code: z.literal('hubRefused'),
    server: z.string(),
    repo: z.string(),
    status: z.number(),
    said: z.string(),
  }),
  z.object({ code: z.literal('unknown'), what: z.string() }),
]);
export type Failure = z.infer<typeof FailureSchema>;

const seconds = (value: number): string => `${value.toFixed(1)} s`;
const milliseconds = (value: number): string => `${Math.round(value * 1000)} ms`;
const clock = (value: number): string =>
  `${Math.floor(value / 60)}:${String(Math.floor(value % 60)).padStart(2, '0')}`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The user's sentence: what happened, why in numbers, what to do next. */
export function explain(failure: Failure): string {
  switch (failure.code) {
    case 'notFound':
      return `${failure.path} is not there. Check the path, then try again.`;
    case 'unreadable':
      return `${failure.path} cannot be read: ${failure.reason}. Check its permissions, then try again.`;
    case 'emptyFile':
      return `${failure.path} is empty (0 bytes). Copy it again from its source.`;
    case 'notAudio':
      return `${failure.path} holds ${failure.looksLike}, not audio. Choose a WAV, AIFF, FLAC, MP3, OGG, Opus or M4A file.`;
    case 'corrupt':
      return `${failure.path} is damaged ${failure.format}: ${failure.reason}. Copy it again from its source.`;
    case 'truncated':
      return `${failure.path} ends at ${clock(failure.foundSeconds)} of ${clock(failure.promisedSeconds)}. Copy it again, then retry.`;
    case 'tooShort':
      return `${failure.path} lasts ${milliseconds(failure.seconds)}; at least ${milliseconds(failure.minimumSeconds)} are needed. Choose a longer file.`;
    case 'tooLong':
      return `${failure.path} lasts ${seconds(failure.seconds)}; a one-shot has at most ${seconds(failure.maximumSeconds)}. Import it as a song, or cut it first.`;
    case 'silent':
      return `${failure.path} is silent: its peak is ${failure.peakDecibels.toFixed(0)} dBFS. Check the recording, or choose another file.`;
    case 'protected':
      return `${failure.path} is copy-protected (DRM), so it cannot be decoded. Export it unprotected, then import that.`;
    case 'needsFfmpeg':
      return `${failure.path} is ${failure.format}, which needs ffmpeg, and no ffmpeg was found. Install it, or convert the file to WAV or FLAC.`;
    case 'noHits':
      return `No drum hits were found in ${seconds(failure.seconds)} of ${failure.path}. Raise the sensitivity, or choose a song with drums.`;
    case 'noPulse':
      return `${failure.path} has no beat that could be found. Say where it is with the tempo tools, then try again.`;
    case 'noAudioFiles':
      return `${failure.path} has ${failure.entries} entries and none is an audio file. Choose another folder.`;
    case 'noMidiFiles':
      return `${failure.path} holds no MIDI files. Choose another folder, or .mid files.`;
    case 'badFile':
      return `${failure.path} is not a valid ${failure.format}: ${failure.problems.slice(0, 5).join('; ')}. Mend it, then try again.`;
    case 'badOption':
      return `${failure.option} is ${failure.value}, but must be ${failure.wanted}.`;
    case 'noSample':
      return `No sample can play ${failure.role} in ${failure.pools}: every pool is empty. Run roles on more samples first.`;
    case 'missingSample':
      return `Sample ${failure.sampleId} was looked for at ${failure.path} and is not there. Give its folder with --sample_root.`;
    case 'diskFull':
      return `Disk full at ${failure.path}: needs ${megabytes(failure.neededBytes)}, ${megabytes(failure.freeBytes)} free. Free space, then retry; finished stages are kept.`;
    case 'notWritable':
      return `Nothing can be written to ${failure.path}: ${failure.reason}. Choose another folder.`;
    case 'workerDied':
      return `The process doing "${failure.stage}" ended: ${failure.reason}. Retry; finished stages are kept.`;
    case 'workerSilent':
      return `The process doing "${failure.stage}" gave no sign of life for ${seconds(failure.seconds)} and was stopped. Retry; finished stages are kept.`;
    case 'modelTruncated':
    case 'modelOpset':
    case 'modelShape':
    case 'modelRefused':
    case 'modelOutput':
    case 'modelMemory':
    case 'modelPart':
    case 'modelStems':
    case 'modelCrashed':
    case 'modelMissing':
    case 'modelChanged':
      return `${modelFault(failure)} ${modelAdvice(failure)}`;
    case 'licenceNotAccepted':
      return `The licence of ${failure.path} (${failure.licence}) was not accepted, so nothing was imported. ${failure.notice} If your use is allowed, import it again and accept the licence.`;
    case 'cannotGenerate':
      return `${failure.what} is not possible: ${failure.reason}. ${failure.instead}.`;
    case 'unreachable':
      return `${failure.server} cannot be reached: ${failure.reason}. Check its address and that it runs, then try again; what is made is kept.`;
    case 'partFailed':
      return `Part ${failure.part} could not be made in ${failure.tries} tries, the last on ${failure.worker}: ${failure.reason} What is made is kept: mend that, then resume.`;
    case 'sampleFailed':
      return `Sample ${failure.sample}${failure.number === null ? '' : ` (number ${failure.number})`} could not be made: ${failure.reason}. All finished parts are kept; resume to try it again.`;
    case 'hubRefused':
      return hubRefusal(failure);
    case 'unknown':
      return `Something unexpected happened: ${failure.what}. Retry; if it happens again, please report it with the log.`;
  }
}

function hubRefusal({
  server,
  repo,
  status,
  said,
}: Extract<Failure, { readonly code: 'hubRefused' }>): string {
  const reason = `${status}${said === '' ? '' : `: ${said}`}`;
  switch (status) {
    case 401:
      return `${server} does not accept the access token (${reason}). Make one that may write, and give that.`;
    case 403:
      return `The access token may not write to ${repo} on ${server} (${reason}). Choose a name of your own, or a token that may write there.`;
    case 429:
      return `${server} takes no more for now (${reason}). Try again in an hour; what was sent is kept.`;
    default:
      return `${server} refused ${repo} (${reason}). Try again; what was sent is kept.`;
  }
}

const MODEL_CODES = [
  'modelTruncated',
  'modelOpset',
  'modelShape',
  'modelRefused',
  'modelOutput',
  'modelMemory',
  'modelPart',
  'modelStems',
  'modelCrashed',
  'modelMissing',
  'modelChanged',
] as const;
export type ModelFailure = Extract<Failure, { code: (typeof MODEL_CODES)[number] }>;

/** Whether it is the model's fault, so that the same work can be done with another one. */
export const isModelFailure = (failure: Failure): failure is ModelFailure =>
  (MODEL_CODES as readonly string[]).includes(failure.code);

/** What is wrong with a model, in numbers, without what to do next. */
export function modelFault(failure: ModelFailure): string {
  switch (failure.code) {
    case 'modelTruncated':
      return `The model ${failure.path} is cut off: ${megabytes(failure.foundBytes)} of ${megabytes(failure.promisedBytes)} are there.`;
    case 'modelOpset':
      return `The model ${failure.path} is written for ONNX opset ${failure.opset}; opsets up to ${failure.newest} can be run.`;
    case 'modelShape':
      return `The model ${failure.path} is of no kind that is known: it takes ${failure.inputs} and gives ${failure.outputs}.`;
    case 'modelRefused':
      return `The model ${failure.path} cannot be loaded: ${failure.reason}.`;
    case 'modelOutput':
      return `The model ${failure.path} ran, but its output is unusable: ${failure.reason}.`;
    case 'modelMemory':
      return `The model ${failure.path} needs more memory than there is (${megabytes(failure.freeBytes)} free).`;
    case 'modelPart':
      return `The model ${failure.path} keeps ${megabytes(failure.neededBytes)} of its weights in ${failure.part}, which is not beside it.`;
    case 'modelStems':
      return `The model ${failure.path} gives ${failure.stems.join(', ')}, but no drums.`;
    case 'modelCrashed':
      return `The model ${failure.path} brought down the process that ran it: ${failure.reason}.`;
    case 'modelMissing':
      return `There is no model ${failure.name} here: there are ${failure.known.join(', ')}.`;
    case 'modelChanged':
      return `The model ${failure.path} is not the file that it was: SHA-256 ${failure.found.slice(0, 12)} instead of ${failure.expected.slice(0, 12)}.`;
  }
}

function modelAdvice({ code }: ModelFailure): string {
  const instead = 'Use the bundled separator instead,';
  switch (code) {
    case 'modelTruncated':
      return `${instead} or copy it again.`;
    case 'modelOpset':
      return `${instead} or export it for an older opset.`;
    case 'modelMemory':
    case 'modelCrashed':
      return `${instead} or close other programs and retry.`;
    case 'modelPart':
      return `Put both into one folder and import it again, or use the bundled separator instead.`;
    case 'modelChanged':
      return `${instead} or install it again.`;
    case 'modelMissing':
      return `${instead} or import it again.`;
    default:
      return `${instead} or choose another model.`;
  }
}
