/** Vite hands a file's text to the bundle, so that no path is looked for at run time. */
declare module '*.yaml?raw' {
  const text: string;
  export default text;
}
