import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '#shared/base';
import { type OnnxGraph, onnxModel } from './onnx-graphs';

/** Numbers of a vector of the tiny model. */
export const TINY_SIZE = 8;
const BANDS = 64;
const FRAMES = 1001;

const numbers = (name: string, count: number): Float32Array => {
  const random = Random.ofSeed('tiny clap').fork(name);
  return Float32Array.from({ length: count }, () => random.between(-1, 1));
};

/** An audio network of CLAP's tensors: bands, averaged over time, times random weights. */
function audioGraph(frames: number): OnnxGraph {
  return {
    inputs: [{ name: 'input_features', dims: ['batch_size', 1, frames, BANDS] }],
    outputs: [{ name: 'audio_embeds', dims: ['batch_size', TINY_SIZE] }],
    nodes: [
      {
        op: 'ReduceMean',
        inputs: ['input_features'],
        outputs: ['mean'],
        attributes: { axes: [1, 2], keepdims: 0 },
      },
      { op: 'MatMul', inputs: ['mean', 'weights'], outputs: ['audio_embeds'] },
    ],
    constants: { weights: { dims: [BANDS, TINY_SIZE], values: numbers('audio', BANDS * TINY_SIZE) } },
  };
}

/** A text network of CLAP's tensors: the mean of a random vector a token. */
function textGraph(tokens: number): OnnxGraph {
  return {
    inputs: ['input_ids', 'attention_mask'].map(name => ({
      name,
      dims: ['batch_size', 'sequence_length'],
      type: 'int64' as const,
    })),
    outputs: [{ name: 'text_embeds', dims: ['batch_size', TINY_SIZE] }],
    nodes: [
      { op: 'Gather', inputs: ['table', 'input_ids'], outputs: ['looked up'], attributes: { axis: 0 } },
      {
        op: 'ReduceMean',
        inputs: ['looked up'],
        outputs: ['text_embeds'],
        attributes: { axes: [1], keepdims: 0 },
      },
    ],
    constants: { table: { dims: [tokens, TINY_SIZE], values: numbers('text', tokens * TINY_SIZE) } },
  };
}

/** Letters, each a token, in the form of the published tokenizer (byte-level BPE of RoBERTa), without a single merge. */
function tokenizer(): { readonly rules: unknown; readonly tokens: number } {
  const special = ['<s>', '<pad>', '</s>', '<unk>'];
  const letters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const all = [...special, ...letters, 'Ġ'];
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const rules = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: true,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: {
      type: 'RobertaProcessing',
      sep: ['</s>', 2],
      cls: ['<s>', 0],
      trim_offsets: true,
      add_prefix_space: false,
    },
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: Object.fromEntries(all.map((token, id) => [token, id])),
      merges: [],
    },
  };
  return { rules, tokens: all.length };
}

/** As `clap-htsat-unfused` has it. */
export const PREPROCESSOR = {
  chunk_length_s: 10,
  feature_extractor_type: 'ClapFeatureExtractor',
  feature_size: BANDS,
  fft_window_size: 1024,
  frequency_max: 14_000,
  frequency_min: 50,
  hop_length: 480,
  max_length_s: 10,
  n_fft: 1024,
  nb_frequency_bins: 513,
  nb_max_frames: 1000,
  nb_max_samples: 480_000,
  padding: 'repeatpad',
  padding_value: 0,
  return_attention_mask: false,
  sampling_rate: 48_000,
  top_db: null,
  truncation: 'rand_trunc',
};

/** A folder as such models are published in: networks in `onnx`, the rest above them. */
export function clapFolder(folder: string, { frames = FRAMES }: { readonly frames?: number } = {}): string {
  const { rules, tokens } = tokenizer();
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx', 'audio_model.onnx'), onnxModel(audioGraph(frames)));
  writeFileSync(join(folder, 'onnx', 'text_model.onnx'), onnxModel(textGraph(tokens)));
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(rules));
  writeFileSync(
    join(folder, 'tokenizer_config.json'),
    JSON.stringify({ tokenizer_class: 'RobertaTokenizer' }),
  );
  writeFileSync(join(folder, 'preprocessor_config.json'), JSON.stringify(PREPROCESSOR));
  return folder;
}
