/** Questions to begin with. One is only offered where the graph holds what it asks about. */
import { pathOf, withSearch } from '../router.js';

interface Example {
  question: string;
  to: string;
  /** ids that the question is about */
  about: readonly string[];
}

const [dmd2, hyper, meal] = ['technique:dmd2', 'technique:hyper-sd', 'technique:meal-v2'];
const imagenet = 'dataset:imagenet-64x64';

export const EXAMPLES: readonly Example[] = [
  { question: 'What does DMD2 descend from?', to: pathOf('/lineage/', dmd2), about: [dmd2] },
  {
    question: 'How is Hyper-SD connected to MEAL V2?',
    to: withSearch('/path', { from: hyper, to: meal }),
    about: [hyper, meal],
  },
  { question: 'Who reached the best FID on ImageNet 64×64?', to: pathOf('/d/', imagenet), about: [imagenet] },
];
