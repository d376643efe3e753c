// Runs in the page's own world before its scripts. Builds what contextBridge exposes: frozen, functions as proxies that
// reach the preload's world through events, whose details the browser copies from world to world.
(() => {
  const listen = EventTarget.prototype.addEventListener.bind(window);
  const dispatch = EventTarget.prototype.dispatchEvent.bind(window);
  const tell = (name, detail) => dispatch(new CustomEvent(`electron-double:${name}`, { detail }));
  const callbacks = new Map();
  const promises = new Map();
  let answer = null;
  let count = 0;

  const packed = argument => {
    if (typeof argument !== 'function') return { value: argument };
    callbacks.set(++count, argument);
    return { callback: count };
  };

  const proxyOf =
    name =>
    (...args) => {
      const id = ++count;
      answer = null;
      tell('call', { id, name, args: args.map(packed) });
      if (!answer) throw new Error(`electron double: ${name} was not answered`);
      if (answer.error !== undefined) throw new Error(answer.error);
      if (!answer.isPending) return answer.value;
      return new Promise((resolve, reject) => {
        promises.set(id, { resolve, reject });
      });
    };

  listen('electron-double:answer', event => {
    answer = event.detail;
  });
  listen('electron-double:settle', ({ detail }) => {
    const promise = promises.get(detail.id);
    promises.delete(detail.id);
    if (detail.error === undefined) promise?.resolve(detail.value);
    else promise?.reject(new Error(detail.error));
  });
  listen('electron-double:callback', ({ detail }) => callbacks.get(detail.id)?.(...detail.args));
  listen('electron-double:expose', ({ detail }) => {
    const exposed = Object.fromEntries(detail.names.map(name => [name, proxyOf(name)]));
    Object.defineProperty(window, detail.key, { value: Object.freeze(exposed), enumerable: true });
  });
})();
