import { beat } from './beat';
import { bleed } from './bleed';
import { inference, memory, speed } from './cost';
import { datasets } from './datasets';
import { ear } from './ear';
import { gridDrawing } from './grid';
import { generated, humaniser, takes, tapper, transformer } from './grooves';
import { flams, onsets, transcription } from './hits';
import { search } from './search';
import type { Section } from './section';
import { roles } from './roles';
import { kitBrowser } from './kit-browser';
import { separation } from './separation';
import { skeletons } from './skeletons';

/** Every section of docs/figures.md, in its order. */
export const SECTIONS: readonly Section[] = [
  separation,
  onsets,
  transcription,
  flams,
  beat,
  bleed,
  roles,
  humaniser,
  tapper,
  transformer,
  generated,
  skeletons,
  takes,
  datasets,
  gridDrawing,
  kitBrowser,
  ear,
  search,
  speed,
  memory,
  inference,
];
