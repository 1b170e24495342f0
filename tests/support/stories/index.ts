import { composedStories } from "./composed.ts";
import { recordedStories } from "./recorded.ts";
import type { Story } from "./story.ts";

export const stories: readonly Story[] = [...recordedStories, ...composedStories];
