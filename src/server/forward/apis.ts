/**
 * The questions of each API that are forwarded: those that read, by their whole path. What is not listed is not
 * forwarded, so that no path can lead to what writes, deletes or tells of the configuration. None of them has room for
 * dots, escapes or a second slash.
 */
export type Api = 'prometheus' | 'jaeger' | 'zipkin';

interface Question {
  path: RegExp;
  /** Also with its parameters as a form, which may be longer than an address. */
  asForm?: true;
}

const QUESTIONS: Record<Api, readonly Question[]> = {
  prometheus: [
    { path: /^\/api\/v1\/(?:query|query_range|query_exemplars|series|labels)$/, asForm: true },
    { path: /^\/api\/v1\/label\/[A-Za-z_][A-Za-z0-9_]{0,200}\/values$/ },
    { path: /^\/api\/v1\/(?:alerts|rules|metadata|status\/buildinfo)$/ },
  ],
  jaeger: [
    { path: /^\/api\/(?:services|operations|traces|dependencies)$/ },
    { path: /^\/api\/traces\/[0-9a-fA-F]{1,32}$/ },
  ],
  zipkin: [
    { path: /^\/api\/v2\/(?:services|spans|remoteServices|traces|dependencies)$/ },
    { path: /^\/api\/v2\/trace\/[0-9a-fA-F]{1,32}$/ },
  ],
};

export const API_NAMES = Object.keys(QUESTIONS) as Api[];

/** How a path may be asked; none for what is not forwarded. */
export function methodsOf(api: Api, path: string): readonly string[] {
  const question = QUESTIONS[api].find((each) => each.path.test(path));
  if (!question) return [];
  return question.asForm ? ['GET', 'POST'] : ['GET'];
}
