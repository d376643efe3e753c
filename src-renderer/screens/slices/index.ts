export { SlicesScreen } from './slices-screen';
