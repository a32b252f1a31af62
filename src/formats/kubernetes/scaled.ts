/** KEDA: what scales a workload by its topic or queue says what it consumes. */
import { type Setting, spotOf } from '../manifest/part.ts';
import { entriesOf, itemsOf, textOf, under } from '../manifest/tree.ts';
import type { Policy } from './mesh.ts';
import type { KubeObject } from './objects.ts';

export const isScaling = ({ api }: KubeObject): boolean => api === 'keda.sh' || api === 'keda.k8s.io';

/** Others look at figures, and at the clock. */
const MESSAGES =
  /kafka|rabbitmq|activemq|artemis|nats|pulsar|redis-streams|sqs|servicebus|pubsub|kinesis|event-?hub|solace|ibmmq/;

export function scaledIn(objects: readonly KubeObject[]): Policy[] {
  return objects.filter(isScaling).flatMap(({ kind, name, namespace, tree }) => {
    const target = under(tree, 'spec', 'scaleTargetRef');
    const host = kind === 'ScaledJob' ? name : (textOf(target, 'name') ?? textOf(target, 'deploymentName'));
    const settings = itemsOf(under(tree, 'spec', 'triggers')).flatMap((trigger): Setting[] => {
      const type = textOf(trigger, 'type') ?? '';
      if (!MESSAGES.test(type)) return [];
      return [...entriesOf(under(trigger, 'metadata'))].flatMap(([key, { value, where }]) =>
        typeof value === 'string'
          ? [{ key: `keda.${type}.consumer.${key}`, value, spot: spotOf(where), isLoose: true }]
          : [],
      );
    });
    return host === undefined || settings.length === 0 ? [] : [{ host, namespace, settings }];
  });
}
