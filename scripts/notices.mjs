// Writes THIRD-PARTY-NOTICES anew from the build: `npm run build && node scripts/notices.mjs`. A test compares.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './launch/run.mjs';
import { noticesText } from './notices/collect.mjs';

writeFileSync(join(ROOT, 'THIRD-PARTY-NOTICES'), noticesText(ROOT));
say('wrote THIRD-PARTY-NOTICES');
