export { MidiDialog } from './midi-dialog';
