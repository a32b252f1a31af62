/** Instances: making one of them slow, looking at them beside each other, speaking of one alone. */
import type { Locator } from 'playwright-core';
import { TimePage } from './time.ts';

type Fault = 'slow service' | 'slow link' | 'exhausted pool' | 'slow consumer' | 'slow instance';

export class InstancesPage extends TimePage {
  /** Lets the simulator do something wrong; the Sources tab stays open. */
  async misbehave(fault: Fault, on: string): Promise<void> {
    await this.tab('Sources');
    await this.page.getByText('Make something misbehave').click();
    await this.choose('Fault', fault);
    await this.choose(fault === 'slow link' ? 'On the edge' : 'On', on);
    await this.click('Let it misbehave');
  }

  /** The inspector's table of instances. */
  get instances(): Locator {
    return this.page.getByRole('table', { name: /^Instances/ });
  }

  /** What says that the board speaks of one instance alone. */
  get instanceChip(): Locator {
    return this.page.getByRole('complementary', { name: 'One instance' });
  }

  /** Speaks of one instance alone; an edge or node that has it is chosen. */
  async speakOf(instance: string): Promise<void> {
    await this.tab('Inspector');
    await this.instances.getByRole('button', { name: `only ${instance}`, exact: true }).click();
    await this.instanceChip.getByText(instance).waitFor();
  }

  async speakOfAll(): Promise<void> {
    await this.instanceChip.getByRole('button', { name: 'All instances' }).click();
    await this.instanceChip.waitFor({ state: 'detached' });
  }

  /** What stands on a node's card, figures and all. */
  async cardText(node: string): Promise<string> {
    const texts = await this.node(node).locator('svg text:visible').allTextContents();
    return texts.filter(Boolean).join(' ');
  }
}
