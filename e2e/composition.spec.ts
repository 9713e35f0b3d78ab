import { testCompositions } from './fixtures/composition-scenarios.ts';
import { test } from './fixtures/test.ts';

testCompositions(test);
