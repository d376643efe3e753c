import { config } from 'zod';

// Zod compiles its checks with `new Function` where it may. Even asking is a breach of the content security policy, so
// it is told not to; this file is imported before any schema is made.
config({ jitless: true });
