import { STAGES, serveStages } from '#main/workers';
import { TEST_STAGES } from '#test/worker-stages';

serveStages([...STAGES, ...TEST_STAGES]);
