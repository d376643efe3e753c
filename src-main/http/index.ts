export { jobFilePath } from './job-file';
export { latestProject, parseStartOptions } from './start-options';
export { createStudioContent, uploadFolder } from './studio-content';
export { resolveUpload } from './upload';
