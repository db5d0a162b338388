// Entry of a bundle of its own, which is loaded when the first file is imported.
export { askFiles } from './askFiles';
export { droppedFiles } from './droppedFiles';
export { importFiles } from './readFiles';
export { wantedFile } from './wantedFile';
