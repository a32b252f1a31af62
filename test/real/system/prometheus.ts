/** Prometheus asked in a few lines of its own, so that nothing of ours stands between a test and its answer. */

export interface Sample {
  metric: Record<string, string>;
  value: number;
}

/** The vector that answers an instant query. Rejects with Prometheus' own words when it refuses. */
export async function ask(url: string, promql: string, time?: number): Promise<Sample[]> {
  const body = new URLSearchParams({ query: promql, ...(time !== undefined && { time: String(time) }) });
  const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
  const { status, data, error } = (await answer.json()) as {
    status: string;
    error?: string;
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  if (status !== 'success') throw new Error(`Prometheus: ${error}`);
  return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
}
