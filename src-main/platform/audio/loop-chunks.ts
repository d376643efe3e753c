/** A place in a loop that a sampler or a DAW can cut at. */
export interface CuePoint {
  readonly frame: number;
  readonly label: string;
}

/** What a WAV says of the loop it holds. */
export interface LoopFacts {
  readonly sampleRate: number;
  readonly frames: number;
  /** Beats of the loop and how many of them a minute has; frames / sampleRate = beats * 60 / tempo. */
  readonly beats: number;
  readonly tempo: number;
  readonly meter: { readonly numerator: number; readonly denominator: number };
  /** Ascending. */
  readonly cues: readonly CuePoint[];
}

/** Not a one-shot, no root note, to be stretched to a project's tempo. */
const ACID_FLAGS = 0x04;
/** What a root note that is not set reads as. */
const ACID_NO_ROOT = 60;
const ACID_UNKNOWN = 0x8000;
/** Middle C: the loop sounds as recorded on it. */
const UNITY_NOTE = 60;

/**
 * `acid` (tempo, beats, meter), `smpl` (all of it loops for ever) and, where there are cues, `cue ` with their labels in `LIST adtl`. No
 * standard describes `acid`; its fields are those that libsndfile reads.
 * @see Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), and its update of 1994 for `smpl`
 */
export function loopChunks(facts: LoopFacts): Buffer {
  return Buffer.concat([
    chunk('acid', acidBody(facts)),
    chunk('smpl', samplerBody(facts)),
    ...(facts.cues.length === 0
      ? []
      : [chunk('cue ', cueBody(facts.cues)), chunk('LIST', labelBody(facts.cues))]),
  ]);
}

function acidBody({ beats, tempo, meter }: LoopFacts): Buffer {
  const body = Buffer.alloc(24);
  body.writeUInt32LE(ACID_FLAGS, 0);
  body.writeUInt16LE(ACID_NO_ROOT, 4);
  body.writeUInt16LE(ACID_UNKNOWN, 6);
  body.writeUInt32LE(beats, 12);
  body.writeUInt16LE(meter.denominator, 16);
  body.writeUInt16LE(meter.numerator, 18);
  body.writeFloatLE(tempo, 20);
  return body;
}

function samplerBody({ sampleRate, frames }: LoopFacts): Buffer {
  const body = Buffer.alloc(36 + 24);
  body.writeUInt32LE(Math.round(1e9 / sampleRate), 8);
  body.writeUInt32LE(UNITY_NOTE, 12);
  body.writeUInt32LE(1, 28);
  // One loop, forward, without end; its last frame belongs to it.
  body.writeUInt32LE(frames - 1, 36 + 12);
  return body;
}

function cueBody(cues: readonly CuePoint[]): Buffer {
  const body = Buffer.alloc(4 + cues.length * 24);
  body.writeUInt32LE(cues.length, 0);
  for (const [index, { frame }] of cues.entries()) {
    const at = 4 + index * 24;
    body.writeUInt32LE(index + 1, at);
    body.writeUInt32LE(frame, at + 4);
    body.write('data', at + 8, 'latin1');
    body.writeUInt32LE(frame, at + 20);
  }
  return body;
}

function labelBody(cues: readonly CuePoint[]): Buffer {
  return Buffer.concat([
    Buffer.from('adtl', 'latin1'),
    ...cues.map(({ label }, index) => {
      const id = Buffer.alloc(4);
      id.writeUInt32LE(index + 1);
      return chunk('labl', Buffer.concat([id, Buffer.from(`${label}\0`, 'latin1')]));
    }),
  ]);
}

/** Chunks begin on even bytes. */
function chunk(id: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(id, 'latin1'), size, body, Buffer.alloc(body.length % 2)]);
}
