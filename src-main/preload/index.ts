export { CHANNELS } from './channels';
