import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gateLines, parseDocument, writeDocument } from '../bench/figures/document';
import { SECTIONS } from '../bench/figures/index';

const text = readFileSync('docs/figures.md', 'utf8');
const sections = parseDocument(text);

describe('docs/figures.md', () => {
  it('has the sections that the command writes, in their order', () => {
    expect(sections.map(({ title }) => title)).toEqual(SECTIONS.map(({ title }) => title));
  });

  it('says of every section when, at which commit, on what machine and by which command it was measured', () => {
    for (const [index, { body }] of sections.entries()) {
      const [facts = ''] = body.split('\n');
      expect(facts).toMatch(/^\d{4}-\d\d-\d\d, commit [0-9a-f]{7,}, \d+ cores, Node \d+/);
      expect(facts).toContain(SECTIONS[index]?.command);
    }
  });

  it('has a verdict on every gate, and all of them at its head', () => {
    for (const { body } of sections) expect(gateLines(body).length).toBeGreaterThan(0);
    expect(text).toBe(writeDocument(sections));
  });

  it('names no folder of the machine that it was measured on', () => {
    expect(text).not.toMatch(/(^|[\s"'`=])\/(home|root|tmp|work|usr|var)\//m);
  });
});
