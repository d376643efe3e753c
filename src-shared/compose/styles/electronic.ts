import { lane, SNARE_FILLS, type StyleSheet, TOM_FILLS } from './sheet';

export const house: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'X...X...X...X...', 'X...X...X...X..?', 'X...X...X..?X...', 'X..?X...X...X...'),
    lane('ACCENT', 'clap', '....X.......X...', '....X.......X..g', '....X..g....X...', '....X.......X.o.'),
    lane('MOTION', 'ohh', '..X...X...X...X.', '..X...x...X...x.', '..x...X...x...X.'),
    lane('MOTION', 'chh', 'o..oo..oo..oo..o', 'oo.ooo.ooo.ooo.o', 'o.?oo.?oo.?oo.?o', '...o...o...o...o'),
    lane('TEXTURE', 'perc', '...o..o....o..o.', '......o..o......', '..o..o....o..o..'),
  ],
  fills: SNARE_FILLS,
};

export const techno: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'X...X...X...X...', 'X...X...X...X.g.', 'X..gX...X..gX...', 'X...X..gX...X...'),
    lane('ACCENT', 'clap', '............x...', '....o.......x...', '....x.......x...', '.......o....x...'),
    lane('ACCENT', 'rim', '...o..o....o..o.', '.o....o..o....o.', '......o....o....'),
    lane('MOTION', 'chh', 'ogogogogogogogog', 'o.goo.goo.goo.go', 'gogogogogogogogo'),
    lane('MOTION', 'ohh', '..x...x...x...x.', '..X...X...X...X.'),
    lane('TEXTURE', 'perc', '..o.....o.....o.', '.....o.....o....', '...o......o.....'),
  ],
  fills: SNARE_FILLS,
};

export const disco: StyleSheet = {
  crash: true,
  lanes: [
    lane('CORE', 'kick', 'X...X...X...X...', 'X...X...X...X.x.', 'X...X...X..oX...'),
    lane('ACCENT', 'snare', '....X.......X...', '....X..g....X...', '....X.......X.oo', '....X.g.....X..g'),
    lane('MOTION', 'chh', 'xo.oxo.oxo.oxo.o', 'x...x...x...x...', 'xoo.xoo.xoo.xoo.'),
    lane('MOTION', 'ohh', '..X...X...X...X.', '..X...X...X...x.', '..x...X...x...X.'),
    lane('TEXTURE', 'perc', 'o.goo.goo.goo.go', '..o.o...o.o...o.'),
  ],
  fills: TOM_FILLS,
};

export const breakbeat: StyleSheet = {
  swing: { percent: 54, base: '16th' },
  crash: true,
  lanes: [
    lane(
      'CORE',
      'kick',
      'X.X.......XX....',
      'X.X.......X.....',
      'X..X......X..x..',
      'X.X.......XX....X.X.......X.....',
    ),
    lane(
      'ACCENT',
      'snare',
      '....X..g.g..X..g',
      '....X..x.x..X..x',
      '....X..g....X...',
      '....X..g.g..X..g....X..g.g....X.',
    ),
    lane('MOTION', 'chh', 'x.x.x.x.x.x.x.x.', 'x.o.x.o.x.o.x.o.', 'xgo.xgo.xgo.xgo.'),
    lane('MOTION', 'ohh', '................', '..........x.....', '..............x.'),
    lane('TEXTURE', 'perc', '...g..g....g..g.', '..o...o...o...o.'),
  ],
  fills: SNARE_FILLS,
};

export const drumAndBass: StyleSheet = {
  crash: true,
  lanes: [
    lane(
      'CORE',
      'kick',
      'X.........X.....',
      'X.........X..o..',
      'X..o......X.....',
      'X.........X.....X..x......X.....',
    ),
    lane('ACCENT', 'snare', '....X.......X...', '....X..g.g..X...', '....X..g....X..g', '....X....g..X.g.'),
    lane('MOTION', 'ride', 'x.x.x.x.x.x.x.x.', 'x...x...x...x...'),
    lane('MOTION', 'chh', 'ogogogogogogogog', '.g.g.g.g.g.g.g.g', '..o...o...o...o.'),
    lane('TEXTURE', 'perc', '......g..g......', '.o....o..o....o.'),
  ],
  fills: SNARE_FILLS,
};
