/** How an access log is told from other text that is pasted: loaded when something is. */
export { isAccessLog } from '../formats/index.ts';
