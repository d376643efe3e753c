import { parse } from 'yaml';
import { type Anchors, AnchorsSchema, type People, PeopleSchema } from '#shared/dataset';
import anchorsText from '../../../assets/realism/anchors.yaml?raw';
import people from '../../../assets/realism/groove-midi.json' with { type: 'json' };

/** What is known of human players. */
export const humanAnchors = (): Anchors => AnchorsSchema.parse(parse(anchorsText));

/** What was measured on the Groove MIDI Dataset. */
export const measuredPeople = (): People => PeopleSchema.parse(people);
