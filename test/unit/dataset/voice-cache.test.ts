import { describe, expect, it } from 'vitest';
import { VoiceCache } from '../../../src-main/dataset/sound/voice-cache';

describe('voices in memory', () => {
  const rendered: string[] = [];
  const cache = new VoiceCache(250);
  const ask = (name: string, frames = 100): Float32Array =>
    cache.get(name, () => {
      rendered.push(name);
      return new Float32Array(frames);
    });

  it('are rendered once, until there are too many frames: then those go that were not asked for the longest', () => {
    const first = ask('a');
    expect(ask('a')).toBe(first);
    ask('b');
    ask('a');
    ask('c');
    expect(rendered).toEqual(['a', 'b', 'c']);
    expect(ask('a')).toBe(first);
    ask('b');
    expect(rendered).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are answered even when one alone is longer than all that may be kept', () => {
    expect(ask('long', 1000).length).toBe(1000);
    expect(ask('long', 1000).length).toBe(1000);
    expect(rendered.filter(name => name === 'long').length).toBe(1);
  });
});
