/** Waiting for the page to be drawn. */

/** A page in the background draws nothing: it goes on after so long all the same, ms. */
const AT_MOST = 1000;

/** When the board's first frames are done: what is not needed for them must not hold them up. */
export function firstFrames(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
    setTimeout(done, AT_MOST);
  });
}
