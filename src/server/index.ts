/** Serves the built app to a browser, under headers that let it run nothing but itself. No framework, no state. */
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
