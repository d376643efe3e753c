import { expect, it } from 'vitest';
import { bundledRudiments } from '#main/dataset';
import { rudimentsPage } from '#shared/dataset';
import page from '../../../docs/rudiments.md?raw';

it('docs/rudiments.md is what the definitions say', () => {
  expect(page).toBe(rudimentsPage(bundledRudiments()));
});
