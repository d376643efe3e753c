import { join } from 'node:path';
import type { Studio } from '#main/usecases';
import { createContentHandler } from './content';
import { jobFilePath } from './job-file';

export const uploadFolder = (libraryFolder: string): string => join(libraryFolder, 'uploads');

/** The content handler over a studio: its artefacts, the files of its jobs, uploads into its library. */
export function createStudioContent(
  { services, library, datasetAudioPath }: Pick<Studio, 'services' | 'library' | 'datasetAudioPath'>,
  rendererFolder: string,
): (request: Request) => Promise<Response> {
  return createContentHandler({
    rendererFolder,
    uploadFolder: uploadFolder(library.folder),
    artefactPath: sha256 => library.artefactPath(sha256),
    datasetAudioPath,
    jobFilePath: file => jobFilePath(services, file),
  });
}
