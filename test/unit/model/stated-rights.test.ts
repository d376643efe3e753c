import { describe, expect, it } from 'vitest';
import { statedRights } from '#shared/model';

describe('what a read-me says of rights', () => {
  it.each([
    ['SPDX-License-Identifier: CC-BY-4.0', 'CC-BY-4.0'],
    ['These samples are released under CC0.', 'CC0-1.0'],
    ['http://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
    ['Licensed under https://creativecommons.org/licenses/by-sa/3.0/', 'CC-BY-SA-3.0'],
    ['This work is licensed under a Creative Commons Attribution 4.0 International License.', 'CC-BY-4.0'],
    ['Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Unported', 'CC-BY-NC-SA-3.0'],
    ['License: CC BY-NC 4.0', 'CC-BY-NC-4.0'],
    ['Released into the public domain.', 'Public domain'],
    ['All samples are royalty free.', 'Royalty-free, as its maker says'],
    ['Recorded in a garage with two microphones.', null],
  ])('%s', (text, licence) => {
    expect(statedRights(text).licence).toBe(licence);
  });

  it.each([
    ['Author: Ann Drum\nKit of nine pieces', 'Ann Drum'],
    ['Copyright (c) 2014-2018 Ben Beater. All rights reserved.', 'Ben Beater'],
    ['© 2020, Café Ünïcode', 'Café Ünïcode'],
    ['This kit was recorded and edited by Cy Mbal <cy@example.org> in 2012', 'Cy Mbal'],
    ['# Great Kit\nNo name here', null],
  ])('%s', (text, author) => {
    expect(statedRights(text).author).toBe(author);
  });
});
