export { GrooveScreen } from './groove-screen';
