export { jobFilePath } from './job-file';
export { CSP_NONCE_PLACEHOLDER } from './security-headers';
export { latestProject, parseStartOptions, type StartOptions } from './start-options';
export { createStudioContent, uploadFolder } from './studio-content';
export { resolveUpload } from './upload';
