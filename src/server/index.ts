/** Serves the built app to a browser, under headers that let it run nothing but itself. No framework, no state. */
export { type RunningServer, startServer } from './server.ts';
