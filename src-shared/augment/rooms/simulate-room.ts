import type { Augmentation } from '../augmentation';
import { throughImpulse } from '../linear';
import { roomImpulse } from './impulse-response';
import { type Room, RoomSchema } from './room';

/** The drum heard in a room: direct sound as it was, the room behind it. */
export const simulateRoom: Augmentation<Room> = {
  name: 'room',
  params: RoomSchema,
  impulse: roomImpulse,
  apply: (audio, room) => throughImpulse(audio, roomImpulse(room, audio.sampleRate)),
};
