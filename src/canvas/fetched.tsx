/** Parts of the canvas that come after the board is seen. */
import { type ComponentType, useEffect, useState } from 'react';

/**
 * A component whose code is fetched when it is first shown; till then, and where it can't be had, nothing is
 * there. (Where one part can't be had none can, and the page says so once.)
 */
export function fetched<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return function Fetched(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | null>(null);
    useEffect(() => {
      load().then(
        (loaded) => setPart(() => loaded),
        () => {},
      );
    }, []);
    return Part && <Part {...props} />;
  };
}
