// Runs in the preload's isolated world: what a sandboxed preload finds as require('electron').
// `__doublePost` is a binding that only this world has.
globalThis.__electronDouble = (() => {
  const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`electron-double:${name}`, { detail }));
  const strict = (name, thing) =>
    new Proxy(thing, {
      get(target, key) {
        if (typeof key !== 'symbol' && key !== 'then' && !(key in target)) {
          throw new Error(`electron double: ${name}.${key} is not offered`);
        }
        return target[key];
      },
    });
  const encode = value =>
    JSON.stringify(value, (_key, inner) => {
      if (typeof inner === 'function') throw new Error('An object could not be cloned.');
      return inner instanceof Uint8Array ? { $bytes: inner.toBase64() } : inner;
    });
  const decode = text =>
    JSON.parse(text, (_key, inner) =>
      inner !== null && typeof inner === 'object' && '$bytes' in inner
        ? Uint8Array.fromBase64(inner.$bytes)
        : inner,
    );
  const post = message => globalThis.__doublePost(encode(message));

  const listeners = new Map();
  const pending = new Map();
  let invocations = 0;
  const ipcRenderer = {
    send: (channel, ...args) => post({ kind: 'send', channel, args }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        pending.set(++invocations, { resolve, reject });
        post({ kind: 'invoke', id: invocations, channel, args });
      }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
  };

  const exposed = {};
  const contextBridge = {
    exposeInMainWorld(key, api) {
      const names = Object.keys(api);
      if (names.some(name => typeof api[name] !== 'function')) {
        throw new Error('electron double: only functions can be exposed');
      }
      Object.assign(exposed, api);
      tell('expose', { key, names });
    },
  };
  const unpacked = ({ value, callback }) =>
    callback === undefined ? value : (...args) => tell('callback', { id: callback, args });
  window.addEventListener('electron-double:call', ({ detail: { id, name, args } }) => {
    try {
      const value = exposed[name](...args.map(unpacked));
      if (typeof value?.then !== 'function') {
        tell('answer', { value });
        return;
      }
      tell('answer', { isPending: true });
      value.then(
        settled => tell('settle', { id, value: settled }),
        error => tell('settle', { id, error: error.message }),
      );
    } catch (error) {
      tell('answer', { error: error.message });
    }
  });

  // A file that a script makes has no path; files that a test puts on the disk are looked up by name.
  const paths = {};
  const webUtils = { getPathForFile: file => paths[file.name] ?? '' };

  const electron = strict('electron', {
    contextBridge: strict('contextBridge', contextBridge),
    ipcRenderer: strict('ipcRenderer', ipcRenderer),
    webUtils: strict('webUtils', webUtils),
  });
  return {
    post,
    paths,
    require(name) {
      if (name !== 'electron') throw new Error(`module not found: ${name} (the preload is sandboxed)`);
      return electron;
    },
    deliver(text) {
      const message = decode(text);
      if (message.kind === 'send') {
        for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
        return;
      }
      const call = pending.get(message.id);
      pending.delete(message.id);
      if (message.error === undefined) call?.resolve(message.value);
      else call?.reject(new Error(`Error invoking remote method '${message.channel}': ${message.error}`));
    },
  };
})();
