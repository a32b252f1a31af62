/** What X-Ray's types of services are: `AWS::DynamoDB::Table`, `Database::SQL`, `client`, `remote`. */
import type { NodeKind } from '../../graph/index.ts';

export type Typed = { kind?: NodeKind; technology?: string };

const TYPES: readonly (readonly [pattern: RegExp, kind: NodeKind, technology?: string])[] = [
  [/^client$/i, 'client'],
  [/^remote$/i, 'external'],
  [/^AWS::DynamoDB/i, 'database', 'DynamoDB'],
  [/^AWS::(?:RDS|Aurora)/i, 'database', 'Amazon RDS'],
  [/^Database::(?:SQL)?/i, 'database'],
  [/^AWS::ElastiCache/i, 'cache', 'Amazon ElastiCache'],
  [/^AWS::SQS/i, 'queue', 'Amazon SQS'],
  [/^AWS::SNS|^AWS::SimpleNotificationService/i, 'topic', 'Amazon SNS'],
  [/^AWS::Kinesis/i, 'topic', 'Amazon Kinesis'],
  [/^AWS::(?:Events|EventBridge)/i, 'topic', 'Amazon EventBridge'],
  [/^AWS::S3/i, 'storage', 'Amazon S3'],
  [/^AWS::Lambda/i, 'function', 'AWS Lambda'],
  [/^AWS::StepFunctions/i, 'worker', 'AWS Step Functions'],
  [/^AWS::(?:ApiGateway|AppSync)/i, 'gateway', 'Amazon API Gateway'],
  [/^AWS::ElasticLoadBalancing/i, 'load balancer', 'AWS ELB'],
  [/^AWS::ECS/i, 'service', 'Amazon ECS'],
  [/^AWS::EKS/i, 'service', 'Amazon EKS'],
  [/^AWS::EC2/i, 'service', 'Amazon EC2'],
  [/^AWS::ElasticBeanstalk/i, 'service', 'AWS Elastic Beanstalk'],
];

export function typed(type: string): Typed {
  const [, kind, technology] = TYPES.find(([pattern]) => pattern.test(type)) ?? [];
  return { ...(kind && { kind }), ...(technology && { technology }) };
}

/** What tells a part from another of its name: `Table`, `client`. */
export const lastOf = (type: string): string => type.split('::').pop() ?? type;
