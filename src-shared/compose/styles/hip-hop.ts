import { lane, SNARE_FILLS, type StyleSheet } from './sheet';

export const boomBap: StyleSheet = {
  swing: { percent: 58, base: '16th' },
  crash: false,
  lanes: [
    lane(
      'CORE',
      'kick',
      'X......xX.......',
      'X.....x...X.....',
      'X..x......X..o..',
      'X.x.......Xx....',
      'X......x..X.....X..x......X..x..',
    ),
    lane('ACCENT', 'snare', '....X.......X...', '....X.......X..g', '....X..g....X...', '....X....g..X...'),
    lane('MOTION', 'chh', 'x.o.x.o.x.o.x.o.', 'x.o.x.oox.o.x.o.', 'x.x.x.x.x.x.x.xo'),
    lane('MOTION', 'ohh', '................', '..............x.', '......x.........'),
    lane('TEXTURE', 'perc', '..........o.....', '...o............', '.......g......g.'),
  ],
  fills: SNARE_FILLS,
};

export const trap: StyleSheet = {
  crash: false,
  lanes: [
    lane(
      'CORE',
      'kick',
      'X.....x...x.....',
      'X..x......x..x..',
      'X......x..x.....X.........x..x..',
      'X.........X..x..',
    ),
    lane('ACCENT', 'clap', '........X.......', '........X......g', '........X.....g.'),
    lane('ACCENT', 'snare', '............?...', '..............gg', '................'),
    lane('MOTION', 'chh', 'x.x.x.x.x.xxx.xx', 'x.xxx.x.xxx.x.x.', 'xoxoxoxoxoxoxoxo', 'x.x.xxx.x.x.x.xx'),
    lane('MOTION', 'ohh', '................', '......x.........', '..........x.....'),
    lane('TEXTURE', 'perc', '...........o....', '.....o..........', '..............o.'),
  ],
  fills: SNARE_FILLS,
};

export const halfTime: StyleSheet = {
  crash: true,
  lanes: [
    lane('CORE', 'kick', 'X.....x.........', 'X..x..x.......x.', 'X.............x.', 'Xx....x...x.....'),
    lane('ACCENT', 'snare', '........X.......', '........X.....g.', '...g....X..g....', '........X..g..g.'),
    lane('MOTION', 'chh', 'x.o.x.o.x.o.x.o.', 'x...x...x...x...', 'xgogxgogxgogxgog'),
    lane('MOTION', 'ohh', '................', '..............x.'),
    lane('TEXTURE', 'perc', '....o.......o...', '......o.......o.'),
  ],
  fills: SNARE_FILLS,
};
