/** review of two checkouts, without a network. */
import { folderSource } from "./folders.ts";
import { judge } from "./judge.ts";
import { exitCodeOf, type Review } from "./review.ts";

export interface ReviewFoldersOptions {
  readonly proposed: string;
  readonly base: string;
  readonly now: () => Date;
}

export async function reviewFolders({ proposed, base, now }: ReviewFoldersOptions) {
  const review: Review = await judge(await folderSource(proposed, base), now);
  return { review, exitCode: exitCodeOf[review.state] };
}
