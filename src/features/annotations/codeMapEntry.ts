// What says where in the code spans were made, in a file of its own that is loaded when it is first needed.
export { chooseLine } from './chooseLine';
export { CodeMap } from './codeMap';
export { openSpan } from './openSpan';
