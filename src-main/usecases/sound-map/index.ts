export { drawMap, drawMapProgram } from './draw-map';
