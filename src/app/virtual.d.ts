declare module 'virtual:tokens.css';
declare module 'virtual:accept' {
  export const ACCEPT: string;
}
