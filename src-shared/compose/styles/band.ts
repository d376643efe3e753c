import { lane, SNARE_FILLS, type StyleSheet, TOM_FILLS } from './sheet';

export const punk: StyleSheet = {
  crash: true,
  lanes: [
    lane('CORE', 'kick', 'X...X...X...X...', 'X.x...x.X.x...x.', 'X.....x.X.x.....', 'X.x...X.x.x...X.'),
    lane('ACCENT', 'snare', '....X.......X...', '..X...X...X...X.', '....X.......X.X.'),
    lane('MOTION', 'ohh', 'X...X...X...X...', 'X.x.X.x.X.x.X.x.'),
    lane('MOTION', 'chh', '................', '..o...o...o...o.'),
    lane('TEXTURE', 'perc', 'o...o...o...o...', '..o...o...o...o.'),
  ],
  fills: TOM_FILLS,
};

export const metal: StyleSheet = {
  crash: true,
  lanes: [
    lane('CORE', 'kick', 'XxxxXxxxXxxxXxxx', 'X.xxX.xxX.xxX.xx', 'X..xx..xX..xx..x', 'XxxxX...XxxxX...'),
    lane('ACCENT', 'snare', '....X.......X...', '........X.......', '....X.......X.x.'),
    lane('MOTION', 'ride', 'X...X...X...X...', 'x.o.x.o.x.o.x.o.'),
    lane('MOTION', 'ohh', '................', 'X.......X.......'),
    lane('TEXTURE', 'perc', 'o.......o.......', '....o.......o...'),
  ],
  fills: TOM_FILLS,
};

export const ballad: StyleSheet = {
  crash: true,
  lanes: [
    lane('CORE', 'kick', 'X.......x.......', 'X.......x.x.....', 'X.....o.x.......', 'X.......x.....o.'),
    lane('ACCENT', 'snare', '....x.......x...', '....x..g....x...', '....x.......x..g'),
    lane('ACCENT', 'rim', '................', '....x.......x...'),
    lane('MOTION', 'chh', 'x.o.x.o.x.o.x.o.', 'x...x...x...x...', 'xgogxgogxgogxgog'),
    lane('MOTION', 'ride', '................', 'x.o.x.o.x.o.x.o.'),
    lane('TEXTURE', 'perc', '..g...g...g...g.', 'o.......o.......'),
  ],
  fills: TOM_FILLS,
};

/** Sixteenths on the snare, the backbeat and its echo accented. */
export const country: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'X.......X.......', 'X.......X.....x.', 'X...x...X...x...'),
    lane('ACCENT', 'snare', 'ggggXggoggggXggo', 'gg.gXg.ggg.gXg.g', 'ggggXgggggggXgXg', 'g.ogX.ogg.ogX.og'),
    lane('MOTION', 'phh', '....x.......x...', '..x...x...x...x.'),
    lane('MOTION', 'chh', '................', '..o...o...o...o.'),
    lane('TEXTURE', 'perc', '..o...o...o...o.', '....o.......o...'),
  ],
  fills: SNARE_FILLS,
};

export const funk: StyleSheet = {
  swing: { percent: 53, base: '16th' },
  crash: false,
  lanes: [
    lane(
      'CORE',
      'kick',
      'X.x.......x..x..',
      'X..x..x...X.....',
      'X.x...x...x..x..',
      'X.....x.x..x....',
      'X.x.......x..x..X.....x...x.x...',
    ),
    lane('ACCENT', 'snare', '....X..g.g.gX..g', '....X.ggg..gX.g.', '.g..X..g.g..X.gg', '....X..g.gg.X...'),
    lane('MOTION', 'chh', 'xoxoxoxoxoxoxoxo', 'x.xox.xox.xox.xo', 'x.o.x.o.x.o.x.o.'),
    lane('MOTION', 'ohh', '................', '......x.........', '..............x.'),
    lane('TEXTURE', 'perc', '..o..o..o..o..o.', '....o.......o...'),
  ],
  fills: SNARE_FILLS,
};

export const soul: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'X.....x.X.......', 'X.x.....X.x.....', 'X......xX.....x.', 'X...x...X.x.....'),
    lane('ACCENT', 'snare', 'X...X...X...X...', '....X.......X...', '....X.....g.X...', 'x...X...x...X..g'),
    lane('MOTION', 'chh', 'x.x.x.x.x.x.x.x.', 'x.o.x.o.x.o.x.o.'),
    lane('MOTION', 'ohh', '................', '..............x.'),
    lane('TEXTURE', 'perc', '....x.......x...', 'oogooogooogooogo'),
  ],
  fills: SNARE_FILLS,
};

export const shuffle: StyleSheet = {
  swing: { percent: 66.7, base: '8th' },
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'X.....x.X.......', 'X.......X.....x.', 'X.x...x.X.x...x.', 'X.....x.X.....x.'),
    lane('ACCENT', 'snare', '....X.......X...', '..g.X.g...g.X.g.', '..g.X.....g.X...', '..o.X.....o.X.o.'),
    lane('MOTION', 'chh', 'x.o.x.o.x.o.x.o.', 'X.o.x.o.X.o.x.o.'),
    lane('MOTION', 'ohh', '................', '..............x.'),
    lane('TEXTURE', 'perc', '....o.......o...', '..g...g...g...g.'),
  ],
  fills: [
    [lane('ACCENT', 'snare', 'x.x.'), lane('FILL', 'lt', '..x.')],
    [lane('ACCENT', 'snare', 'x.o.x.X.'), lane('FILL', 'ht', '..x.....')],
    [lane('FILL', 'ht', 'x.x.....'), lane('FILL', 'lt', '....x.X.')],
  ],
};

/** The ride's "spang-a-lang", the hat pedal on two and four; kick and snare answer by chance. */
export const swing: StyleSheet = {
  swing: { percent: 66.7, base: '8th' },
  crash: false,
  lanes: [
    lane('MOTION', 'ride', 'x...X.o.x...X.o.', 'x...X.o.x...X...', 'x.o.X...x...X.o.'),
    lane('MOTION', 'phh', '....x.......x...'),
    lane('CORE', 'kick', 'o...o...o...o...', 'g...g...g...g...', 'o.....?...?...?.', 'g...g.?.g...g.x.'),
    lane('ACCENT', 'snare', '......g.......g.', '..?...g...?.....', '......o.........', '..........g...?.'),
    lane('TEXTURE', 'perc', 'g.......g.......', '....g.......g...'),
  ],
  fills: [
    [lane('ACCENT', 'snare', 'x.x.'), lane('FILL', 'mt', '..o.')],
    [lane('ACCENT', 'snare', 'o.x...X.'), lane('FILL', 'ht', '....x...')],
  ],
};
