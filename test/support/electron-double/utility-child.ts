import { Events, strict } from './strict.ts';

/** What a script finds as `process.parentPort` in a utility process. */
class ParentPort extends Events {
  constructor() {
    super('parentPort', ['message']);
    process.on('message', data => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown): void {
    process.send?.(message);
  }
}

Object.defineProperty(process, 'parentPort', { value: strict('parentPort', new ParentPort()) });
Object.defineProperty(process, 'type', { value: 'utility' });
// Orphans do not live on when the main process is gone.
process.on('disconnect', () => process.exit(0));
