export { type ContentOptions, createContentHandler } from './content';
export { jobFilePath } from './job-file';
export { CSP_NONCE_PLACEHOLDER } from './security-headers';
