import { lane, SNARE_FILLS, type StyleSheet, TOM_FILLS } from './sheet';

/** One drop: nothing on one, kick and side stick together on three. */
export const reggae: StyleSheet = {
  swing: { percent: 58, base: '8th' },
  crash: false,
  lanes: [
    lane('CORE', 'kick', '........X.......', '........X.....?.', '........X...........?...X.......'),
    lane('ACCENT', 'rim', '........X.......', '......g.X.......', '........X....g..', '...g....X.....g.'),
    lane('MOTION', 'chh', 'x.o.x.o.x.o.x.o.', '..x...x...x...x.', 'xgo.xgo.xgo.xgo.'),
    lane('MOTION', 'ohh', '................', '......x.........', '..............x.'),
    lane('TEXTURE', 'perc', '....o.......o...', '..g...g...g...g.'),
  ],
  fills: [
    [lane('ACCENT', 'snare', 'x.xX'), lane('FILL', 'ht', '.x..')],
    [lane('ACCENT', 'snare', 'X..x....'), lane('FILL', 'ht', '....x...'), lane('FILL', 'lt', '......X.')],
    [lane('ACCENT', 'rim', 'x.x.'), lane('FILL', 'mt', '...x')],
  ],
};

/** The stick plays the bossa clave over two bars. */
export const bossa: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'x.....o.x.....o.', 'x.....x.x.....x.', 'x.....o.x.....o.'),
    lane(
      'ACCENT',
      'rim',
      'x.....x.....x.......x.....x.....',
      '....x.....x.....x.....x.....x...',
      'x.....x.....x.......x.......x...',
    ),
    lane('MOTION', 'chh', 'x.o.x.o.x.o.x.o.', 'o.o.o.o.o.o.o.o.', 'xgogxgogxgogxgog'),
    lane('TEXTURE', 'perc', 'ogogogogogogogog', 'o..oo..oo..oo..o'),
  ],
  fills: SNARE_FILLS,
};

export const samba: StyleSheet = {
  swing: { percent: 53, base: '16th' },
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'o..xX..xo..xX..x', 'o..oX..oo..oX..o', 'x..xX...x..xX..x'),
    lane('ACCENT', 'snare', 'x.gx.gxgg.xg.x.g', 'x.xg.xg.x.gx.xg.', 'xggxggxgxggxggxg'),
    lane('MOTION', 'chh', 'ogxgogxgogxgogxg', 'o.xoo.xoo.xoo.xo', 'xgoxxgoxxgoxxgox'),
    lane('MOTION', 'phh', '....x.......x...', '..x...x...x...x.'),
    lane('TEXTURE', 'perc', 'x.x..x.x.x..x.x.', 'x..x.x.x..x.x.x.'),
  ],
  fills: TOM_FILLS,
};

export const afrobeat: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', 'X..x....x.x.....', 'X.....x...x..x..', 'X..x......x..x..', 'x..x..x...x.....'),
    lane('ACCENT', 'snare', '....x..g..o.x..g', '...gx..o.g..x.g.', '....x..x....x..g', '.g..x..o..g.x...'),
    lane('MOTION', 'chh', 'x.xox.xox.xox.xo', 'xoxoxoxoxoxoxoxo', 'x.o.x.oox.o.x.oo'),
    lane('MOTION', 'ohh', '................', '..x.............', '..........x.....'),
    lane('TEXTURE', 'perc', 'x..x..x...x.x...', 'o.o.oo.o.o.oo.o.'),
  ],
  fills: TOM_FILLS,
};

/** The kick stays off the first beat; bell on the quarters, toms answer. */
export const songo: StyleSheet = {
  crash: false,
  lanes: [
    lane('CORE', 'kick', '...x..x....x..x.', '...x..x....x....', '...x..x.......x.'),
    lane('ACCENT', 'snare', '....X..g.g.o...g', '....X.g.g..X..g.', '....x..g.gg.....'),
    lane('ACCENT', 'rim', '................', '..x.....x.......'),
    lane('MOTION', 'ride', 'x...x...x...x...', 'x.x.x.x.x.x.x.x.'),
    lane('MOTION', 'phh', '....x.......x...', 'x...x...x...x...'),
    lane('TEXTURE', 'perc', 'x..x..x...x.x...', '..x.x...x..x..x.'),
  ],
  fills: TOM_FILLS,
};
