import { describe, expect, it } from 'vitest';
import { isLinkedUrl, isOwnUrl } from '../../../src-main/app/own-origin';

describe('our own address in Electron', () => {
  it.each(['app://bundle/', 'app://bundle/index.html', 'app://bundle/media/abc.wav?x#y'])('is %s', url => {
    expect(isOwnUrl(url)).toBe(true);
  });

  it.each([
    'app://bundle.evil.example/',
    'app://evil@bundle/',
    'app://other/',
    'https://bundle/',
    'file:///index.html',
    'about:blank',
    'app:bundle',
    '',
  ])('is not %s', url => {
    expect(isOwnUrl(url)).toBe(false);
  });
});

describe('a link that opens in the browser', () => {
  it('leads to a known site over https', () => {
    expect(isLinkedUrl('https://creativecommons.org/publicdomain/zero/1.0/')).toBe(true);
  });

  it.each([
    'http://creativecommons.org/',
    'https://creativecommons.org.evil.example/',
    'https://creativecommons.org:8443/',
    'https://user@creativecommons.org/',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('is not %s', url => {
    expect(isLinkedUrl(url)).toBe(false);
  });
});
