import { serveStages } from './serve-stages';
import { STAGES } from './stages';

serveStages(STAGES);
