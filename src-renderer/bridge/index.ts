export * from './client';
export * from './import-files';
export * from './media';
export * from './studio-port';
export { mayOpenMidiPorts, type MidiPortFacts, type MidiPorts, openMidiPorts } from './midi-ports';
