import { describe, expect, it } from 'vitest';
import { nextWait, retryAfter } from '../../../src-main/dataset/publish/hub/patience';
import { HubTokens } from '../../../src-main/usecases/dataset/hub-tokens';

describe('waiting for the hub', () => {
  it('doubles up to a minute, and ends when there has been enough', () => {
    const waits: number[] = [];
    for (let next = nextWait(waits, 300, null); next !== null; next = nextWait(waits, 300, null))
      waits.push(next);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('is as long as the hub asks, unless that is more than there is', () => {
    expect(nextWait([1, 2], 3600, 300)).toBe(300);
    expect(nextWait([3400], 3600, 300)).toBeNull();
  });

  it('reads Retry-After as seconds and as a date', () => {
    const now = Date.UTC(2026, 10, 20, 12, 0, 0);
    expect(retryAfter('120', now)).toBe(120);
    expect(retryAfter('Fri, 20 Nov 2026 12:01:30 GMT', now)).toBe(90);
    expect(retryAfter('Fri, 20 Nov 2026 11:00:00 GMT', now)).toBe(0);
    for (const nothing of [null, '', ' ', 'soon']) expect(retryAfter(nothing, now)).toBeNull();
  });
});

describe('tokens of the hub', () => {
  it('are behind handles that tell nothing of them, and only here', () => {
    const tokens = new HubTokens({});
    const handle = tokens.keep('hf_secret');
    expect(handle).not.toContain('secret');
    expect(tokens.of(handle)).toBe('hf_secret');
    expect(new HubTokens({}).of(handle)).toBeNull();
    expect(tokens.of(null)).toBeNull();
  });

  it('come from the environment where none was given, and so does the address', () => {
    const tokens = new HubTokens({ HF_TOKEN: ' hf_other\n', HF_ENDPOINT: 'https://hub.example/' });
    expect(tokens.of(null)).toBe('hf_other');
    expect(tokens.of('a handle of a former process')).toBe('hf_other');
    expect(tokens.endpoint('https://usual.example')).toBe('https://hub.example');
    expect(new HubTokens({ HF_TOKEN: '  ' }).of(null)).toBeNull();
    expect(new HubTokens({ HF_ENDPOINT: '' }).endpoint('https://usual.example')).toBe(
      'https://usual.example',
    );
  });
});
